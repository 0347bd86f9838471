using System;
using System.Globalization;
using System.Linq;
using Fact.Ir;
using Fact.Properties.Component.Binary;
using Wasmtime;
using Xunit;
using Instruction = Fact.Ir.Instruction;

namespace Fact.Properties.Core;

/// <summary>The table of instructions says what an engine's text parser makes of the mnemonics.</summary>
public sealed class InstructionTableLaws
{
    /// <summary>An engine with all that it can be told to know.</summary>
    internal static Engine Engine { get; } = new(new Config()
        .WithMultiMemory(true).WithMemory64(true).WithBulkMemory(true).WithReferenceTypes(true).WithMultiValue(true).WithExceptions(true).WithFunctionReferences(true)
        .WithGc(true).WithSIMD(true).WithRelaxedSIMD(true, false).WithTailCalls(true).WithWasmThreads(true).WithWideArithmetic(true));

    public static TheoryData<int> Opcodes => [.. InstructionTable.All.Select(instruction => instruction.Opcode)];

    [Theory]
    [MemberData(nameof(Opcodes))]
    public void An_instruction_has_the_opcode_and_the_immediates_that_the_text_parser_gives_it(int opcode)
    {
        var instruction = InstructionTable.Find(opcode)!;
        var text = InstructionText.Of(instruction);
        byte[] module = Module.ConvertText(text.Module);
        byte[] body = Bodies.Of(module).Last().ToArray();
        var (found, problem) = Walked.Body(body);
        Assert.Null(problem);
        var one = Assert.Single(found, each => each.Start == text.Start);
        Assert.Equal(opcode, one.Opcode);
        Assert.Equal(Encoded(opcode), body.AsSpan(one.Start, Encoded(opcode).Length));
        Assert.Equal(text.Immediates, one.Immediates);
        Assert.Equal(text.End(body.Length), one.End);
        string? fault = Module.Validate(Engine, module);
        Assert.True(IsOfProposal(instruction) == fault is not null, $"{text.Text}: {fault}");
    }

    [Fact]
    public void There_are_no_other_instructions()
    {
        int unknown = 0;
        foreach (byte first in Enumerable.Range(0, 256).Select(first => (byte)first))
        {
            foreach (uint number in InstructionTable.IsPrefix(first) ? Enumerable.Range(0, 0x200).Select(number => (uint)number) : [0u])
            {
                int opcode = InstructionTable.IsPrefix(first) ? InstructionTable.Opcode(first, number) : first;
                if (InstructionTable.Find(opcode) is not null)
                    continue;
                // (func unreachable … end)
                byte[] body = [0, 0, .. Encoded(opcode), 0, 0, 0, 0, 0x0B];
                byte[] module = Samples.Module(Samples.Section(1, 1, 0x60, 0, 0), Samples.Section(3, 1, 0), Samples.Section(10, [1, (byte)body.Length, .. body]));
                string? fault = Module.Validate(Engine, module);
                Assert.Matches("illegal opcode|unknown 0x[0-9a-f]* subopcode", fault ?? "");
                unknown++;
            }
        }
        Assert.Equal(256 - 4 + (4 * 0x200) - InstructionTable.All.Count(), unknown);
    }

    [Fact]
    public void The_operations_of_adapters_are_those_of_the_table()
    {
        Agree<PlainOp>(kinds => kinds is []);
        Agree<MemoryOp>(kinds => kinds is [>= ImmediateKind.Mem1]);
        Agree<MemoryLaneOp>(kinds => kinds is [>= ImmediateKind.Mem1, ImmediateKind.Lane]);
        Agree<LaneOp>(kinds => kinds is [ImmediateKind.Lane]);
        Agree<LocalOp>(kinds => kinds is [ImmediateKind.Local], prefix: "local.");
        Agree<GlobalOp>(kinds => kinds is [ImmediateKind.Global], prefix: "global.");
    }

    // Names say what mnemonics do, in another spelling.
    private static void Agree<T>(Func<ImmediateKind[], bool> fits, string prefix = "")
        where T : struct, Enum
    {
        foreach (var op in Enum.GetValues<T>())
        {
            var instruction = InstructionTable.Find(Convert.ToInt32(op, CultureInfo.InvariantCulture));
            Assert.NotNull(instruction);
            Assert.Equal(instruction.Mnemonic.Replace(".", "").Replace("_", ""), (prefix.Replace(".", "") + op).ToLowerInvariant());
            Assert.True(fits([.. BitConverter.GetBytes(instruction.Immediates).TakeWhile(kind => kind != 0).Select(kind => (ImmediateKind)kind)]), instruction.Mnemonic);
        }
    }

    // What the engine does not know or cannot be told to know: the exceptions of before WebAssembly 3.0, stack switching, custom descriptors, memory.discard,
    // and shared-everything threads.
    private static bool IsOfProposal(Instruction instruction) => instruction.Opcode is 0x06 or 0x07 or 0x09 or 0x18 or 0x19
        or (>= 0xE0 and <= 0xE6) or (>= 0xFB020 and <= 0xFB026) or 0xFC012 or >= 0xFE04F;

    private static byte[] Encoded(int opcode)
    {
        if (opcode < 0x100)
            return [(byte)opcode];
        int number = opcode & 0xFFF;
        return number < 0x80 ? [(byte)(opcode >> 12), (byte)number] : [(byte)(opcode >> 12), (byte)(number | 0x80), (byte)(number >> 7)];
    }
}
