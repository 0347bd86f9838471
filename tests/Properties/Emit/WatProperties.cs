using System.Linq;
using Fact.Emit;
using Fact.Ir;
using Fact.Model.Laws;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Emit;

/// <summary>The text says the same as the bytes.</summary>
[Properties(Arbitrary = [typeof(EmitGenerators)])]
public sealed class WatProperties
{
    [Law(200)]
    public void Text_read_by_an_engine_gives_the_encoded_bytes(ModuleSample sample)
    {
        var module = sample.Resolved();
        Assert.Equal(Encode.Run(module, new EncodeOptions()), WasmtimeOracle.FromText(WatPrinter.Print(module)));
    }

    [Law(100)]
    public void Every_trap_has_its_message_beside_it(ModuleSample sample)
    {
        var lines = WatPrinter.Print(sample.Resolved()).Split('\n');
        Assert.All(lines.Where(line => line.TrimStart().StartsWith("unreachable")), line => Assert.Contains(" ;; ", line));
    }

    [Law(50)]
    public void Printing_is_deterministic(ModuleSample sample) =>
        Assert.Equal(WatPrinter.Print(sample.Resolved()), WatPrinter.Print(sample.Resolved()));

    [Fact]
    public void A_small_module_reads_well()
    {
        CoreFuncType type = new([CoreValType.I32], [CoreValType.I32]);
        var module = Numbered.Of(new CoreModule(
            [type],
            [
                new("flags", "instance0", new CoreExternType.Global(CoreGlobalType.MutableI32), new Import.InstanceFlags(new(0))),
                new("memory", "m0", new CoreExternType.Memory(new CoreMemoryType(is64: true, pageSizeLog2: 0)), new Import.Memory(new(0), new(true, 0))),
                new("callee", "greet", new CoreExternType.Func(new(0)), new Import.Callee("greet", new(0), type)),
            ],
            [
                new(
                    "greet",
                    new(0),
                    [CoreValType.I64, CoreValType.I64, CoreValType.F32],
                    ["name", "pointer", "pointer", "x y"],
                    [
                        new CoreInstr.Local(LocalOp.Get, new(1)),
                        new CoreInstr.Memory(MemoryOp.I32Load16U, new MemArg(6, 0), new(0)),
                        new CoreInstr.Loop(
                            new BlockType.Empty(),
                            [
                                new CoreInstr.If(new BlockType.Empty(), [new CoreInstr.Trap(TrapCode.UnalignedPointer, null)], []),
                                new CoreInstr.Local(LocalOp.Get, new(0)),
                                new CoreInstr.If(new BlockType.Empty(), [new CoreInstr.Br(new(0)), new CoreInstr.Br(new(1))],
                                    [new CoreInstr.Trap(TrapCode.InvalidChar, "param \"c\"")]),
                            ]),
                        new CoreInstr.F32Const(0x7FA00000),
                        new CoreInstr.Local(LocalOp.Set, new(3)),
                        new CoreInstr.Call(new(0), "param \"name\""),
                    ]),
            ],
            [new("greet", new(1))]));
        Assert.Equal(
            """
            (module
              (type $type0 (func (param i32) (result i32)))
              (import "flags" "instance0" (global $flags.instance0 (mut i32)))
              (import "memory" "m0" (memory $memory.m0 i64 0 (pagesize 1)))
              (import "callee" "greet" (func $callee.greet (type $type0)))
              (func $greet (type $type0) (param $name i32) (result i32)
                (local $pointer i64) (local $pointer#1 i64)
                (local $x_y f32)
                local.get $pointer
                i32.load16_u $memory.m0 offset=6 align=1
                loop $loop0
                  if
                    unreachable ;; pointer not aligned correctly
                  end
                  local.get $name
                  if
                    br 0
                    br $loop0
                  else
                    unreachable ;; invalid char value specified: param "c"
                  end
                end
                f32.const nan:0x200000
                local.set $x_y
                call $callee.greet ;; param "name"
              )
              (export "greet" (func $greet))
            )

            """,
            WatPrinter.Print(module));
    }
}
