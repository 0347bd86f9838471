using System;
using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Properties.Generators;
using Wasmtime;
using Xunit;
using Import = Fact.Ir.Import;

namespace Fact.Conformance.Behaviour;

/// <summary>Exceptions of guests, with the barrier and without it.</summary>
public sealed class BarrierTests
{
    private const string Message = "uncaught exception at a component boundary";

    /// <summary>A function of the guest's that throws; its type as in the text format.</summary>
    private static Function Throws(Store store, string type)
    {
        var module = Module.FromText(Engines.All, "thrower", $"(module (tag $e) (func (export \"f\") {type} (throw $e)))");
        return new Instance(store, module).GetFunction("f")!;
    }

    /// <summary>Calls a function from a guest that catches everything: 1 where there was something to catch.</summary>
    private static int Caught(AdapterRig rig, Function function)
    {
        var module = Module.FromText(Engines.All, "catcher", """
            (module
              (import "a" "f" (func $f))
              (func (export "run") (result i32)
                (block $caught
                  (try_table (catch_all $caught) (call $f))
                  (return (i32.const 0)))
                (i32.const 1)))
            """);
        return (int)new Instance(rig.Store, module, function).GetFunction("run")!.Invoke()!;
    }

    private static AdapterRig Throwing(bool barrier) => Make.Rig(
        new([], null),
        options: Make.Explained with { ExceptionBarrier = barrier },
        replace: (store, import) => import is Import.Callee ? Throws(store, "") : null);

    [Fact]
    public void With_the_barrier_an_exception_of_the_callee_is_a_trap_that_nobody_catches()
    {
        using var rig = Throwing(barrier: true);
        Assert.Equal(Message, TrapReport.Of(rig, () => Caught(rig, rig.Export("adapter0"))).Message);
    }

    [Fact]
    public void Without_it_the_caller_can_catch_what_the_callee_throws()
    {
        using var rig = Throwing(barrier: false);
        Assert.Equal(1, Caught(rig, rig.Export("adapter0")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exceptions_of_allocators_stay_on_their_side_too(bool result)
    {
        var type = result ? Make.Gives(Make.Text) : Make.Takes(Make.Text);
        foreach (bool barrier in new[] { true, false })
        {
            using var rig = Make.Rig(type, options: Make.Explained with { ExceptionBarrier = barrier }, replace: (store, import) =>
                import is Import.Realloc ? Throws(store, "(param i32 i32 i32 i32) (result i32)") : null);
            rig.Callee = _ => result ? [new(CoreValType.I32, rig.Lift.Put(Make.String(rig.Lift, "x"), Make.Text))] : [];
            string message = (result ? rig.Traps(0x4000) : rig.Traps(0x400, 0)).Message;
            Assert.Equal(barrier, message == Message);
        }
    }

    [Fact]
    public void Exceptions_of_post_return_stay_on_their_side_too()
    {
        foreach (bool barrier in new[] { true, false })
        {
            using var rig = Make.Rig(Make.Gives(Make.U8), lift: new(PostReturn: true), options: Make.Explained with { ExceptionBarrier = barrier },
                replace: (store, import) =>
                import is Import.PostReturn ? Throws(store, "(param i32)") : null);
            Assert.Equal(barrier, rig.Traps().Message == Message);
        }
    }

    [Fact]
    public void Exceptions_of_allocators_stay_on_their_side_in_asynchronous_calls()
    {
        using var rig = Make.Rig(Make.Takes(Make.Text), lift: new(Async: true), options: Make.Explained with { ExceptionBarrier = true }, replace: (store, import) =>
            import is Import.Realloc ? Throws(store, "(param i32 i32 i32 i32) (result i32)") : null);
        Assert.Equal(Message, rig.Traps(0x400, 0).Message);
    }

    [Fact]
    public void With_the_barrier_results_come_back_all_the_same()
    {
        using var rig = Make.Rig(new([new("p", Make.Text)], Make.F64), lift: new(PostReturn: true), options: Make.Explained with { ExceptionBarrier = true });
        rig.Callee = _ => [new(CoreValType.F64, 0x3FF0_0000_0000_0000)];
        Assert.Equal([0x3FF0_0000_0000_0000UL], rig.CallBits(rig.Lower.Put("abc"u8, 1), 3));
        Assert.Equal(3UL, rig.Received![1].Bits);
        Assert.Equal("post-return", rig.Events[^1].What);
    }
}
