using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Emit;
using Fact.Ir;
using Fact.Properties.Core;
using Wasmtime;
using Xunit;
using static Fact.Ir.EquatableArray;
using Instruction = Fact.Ir.Instruction;

namespace Fact.Properties.Emit.Fuse;

/// <summary>
/// Every instruction there is, in a module that comes behind another which has so much of everything that all numbers change, most of them to longer ones.
/// </summary>
public sealed class CodeCopyLaws
{
    private const int Funcs = 200, Types = 130, Globals = 150, Tags = 140, Elements = 160, Data = 170, Memories = 5, Tables = 7;

    private static readonly CoreModuleParts Before = LinkedRun.Parts(Module.ConvertText(BeforeText()));

    public static TheoryData<int> Opcodes => [.. InstructionTable.All.Select(instruction => instruction.Opcode)];

    [Theory]
    [MemberData(nameof(Opcodes))]
    public void An_instruction_keeps_its_opcode_and_gets_new_numbers(int opcode)
    {
        var text = InstructionText.Of(InstructionTable.Find(opcode)!);
        byte[] module = Module.ConvertText(text.Module);
        var merged = Fact.Emit.Merge.Run(Program(LinkedRun.Parts(module)), new MergeOptions(KeepAll: true, DirectCalls: false, InlineCalls: false)).Match(
            Right: made => made.Bytes,
            Left: error => throw new Xunit.Sdk.XunitException(error.ToString()));

        var (original, _) = Walked.Body(Bodies.Of(module).Last().Span);
        var (copied, problem) = Walked.Body(Bodies.Of(merged.AsMemory()).Last().Span);
        Assert.Null(problem);
        Assert.Equal(original.Select(each => each.Opcode), copied.Select(each => each.Opcode));
        foreach (var (before, after) in original.Zip(copied))
            Assert.Equal(before.Immediates.Select(each => (each.Kind, Expected(each.Kind, each.Value))), after.Immediates.Select(each => (each.Kind, each.Value)));

        // What the engine takes of the one it takes of the other.
        string? fault = Module.Validate(InstructionTableLaws.Engine, module), mergedFault = Module.Validate(InstructionTableLaws.Engine, merged.AsSpan());
        Assert.True(fault is null == mergedFault is null, mergedFault);
    }

    // All imports are bound to what is before, the first of a kind to the last there, the second to the one before that.
    private static FuseProgram Program(CoreModuleParts module)
    {
        var seen = new Dictionary<CoreExternKind, int>();
        FuseBinding Binding(CoreExternType type)
        {
            var kind = type.Kind;
            int number = seen[kind] = seen.GetValueOrDefault(kind) + 1;
            return new FuseBinding.Inside(0, (uint)(Count(kind) - number));
        }
        return new FuseProgram(
            [new FusePart("before", Before, []), new FusePart("", module, module.Imports.Items.Select(import => Binding(import.Type)).ToEquatableArray())], [], []);
    }

    private static int Count(CoreExternKind kind) => ((int[])[Funcs, Tables, Memories, Globals, Tags])[(int)kind];

    private static ulong Expected(ImmediateKind kind, ulong value) => kind switch
    {
        ImmediateKind.Func => (ulong)Funcs - 1 - value,
        ImmediateKind.Table => (ulong)Tables - 1 - value,
        ImmediateKind.Memory or ImmediateKind.Access => (ulong)Memories - 1 - value,
        ImmediateKind.Global => (ulong)Globals - 1 - value,
        ImmediateKind.Tag => (ulong)Tags - 1 - value,
        ImmediateKind.Elem => Elements + value,
        ImmediateKind.Data => Data + value,

        // The module before has (func) as its last type; of two continuations, both are the same type.
        ImmediateKind.Type => Types + System.Math.Min(value, 6) - 1,
        _ => value,
    };

    private static string BeforeText()
    {
        var text = new StringBuilder("(module\n");
        void Repeat(int times, System.Func<int, string> line)
        {
            for (int i = 0; i < times; i++)
                text.Append(line(i)).Append('\n');
        }
        Repeat(Types - 1, i => $"(type (func (param {string.Concat(Enumerable.Range(0, 8).Select(bit => (i >> bit & 1) == 0 ? "i64 " : "f64 "))})))");
        text.Append("(type $f (func))\n");
        Repeat(Funcs, _ => "(func (type $f))");
        Repeat(Tables, _ => "(table 1 funcref)");
        Repeat(Memories, _ => "(memory 1)");
        Repeat(Globals, _ => "(global (mut i32) (i32.const 0))");
        Repeat(Tags, _ => "(tag (type $f))");
        Repeat(Elements, _ => "(elem func)");
        Repeat(Data, _ => "(data \"\")");
        return text.Append(')').ToString();
    }
}
