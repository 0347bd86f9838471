using System;
using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Code;
using Fact.Lower.Value;

namespace Fact.Lower.Outline;

/// <summary>A function that others call to translate or check something.</summary>
internal abstract class Helper(FuncId id)
{
    private readonly FuncRef self = new FuncRef.Defined(id);
    private Instr? call;

    protected FuncId Id { get; } = id;

    /// <summary>A call of it, for a part of a value.</summary>
    public Instr Call(string? path) => path is null ? call ??= new Instr.Call(self) : new Instr.Call(self, path);

    /// <summary>Makes its body.</summary>
    public abstract SymbolicFunc Write(Scope s);
}

/// <summary>Translates a value: from flat parameters or the first one, an address, to flat results or to the address in the last parameter.</summary>
internal sealed class TranslateHelper(FuncId id, AbiType from, Side source, bool sourceInMemory, AbiType to, Side target, bool targetInMemory) : Helper(id)
{
    public override SymbolicFunc Write(Scope s)
    {
        var b = s.Code;
        int inputs = sourceInMemory ? 1 : from.For(source.Ptr.Type).FlatTypes!.Length;
        var type = s.Helpers.TypeOf(from, source, sourceInMemory, to, target, targetInMemory);
        if (sourceInMemory || from is AbiType.String or AbiType.List)
            b.Start(type.Params.AsSpan(), "src", sourceInMemory ? "dst" : "src_len", "dst");
        else
            b.Start(type.Params.AsSpan());
        Translate.InPlace(
            s,
            from,
            sourceInMemory ? Source.Memory(source, new(0)) : Source.Flat(source, Slots(inputs)),
            to,
            targetInMemory ? Target.Memory(target, new(inputs)) : Target.Flat(target, to.For(target.Ptr.Type).FlatTypes!));
        return b.Finish(Id, FuncRole.Helper, Name, type);
    }

    private string Name => from switch
    {
        AbiType.String => "string",
        AbiType.List => "list",
        AbiType.FixedList => "fixed-list",
        AbiType.Record { IsTuple: true } => "tuple",
        AbiType.Record => "record",
        AbiType.Variant { Flavor: VariantFlavor.Option } => "option",
        AbiType.Variant { Flavor: VariantFlavor.Result } => "result",
        AbiType.Variant { Flavor: VariantFlavor.Enum } => "enum",
        AbiType.Variant => "variant",
        AbiType.Flags => "flags",
        AbiType.Handle => "handle",
        AbiType.Scalar => "scalar",
    };

    private static LocalId[] Slots(int count)
    {
        var slots = new LocalId[count];
        for (int i = 0; i < count; i++)
            slots[i] = new(i);
        return slots;
    }
}

/// <summary>
/// <code>
/// (func $check-range (param $ptr ptr) (param $mask ptr) (param $bytes ptr)
///   (if (ptr &amp; mask) (then unreachable))
///   (if (ptr + bytes &gt; memory.size in bytes) (then unreachable)))   ;; in 64 bits, without overflow
/// </code>
/// </summary>
internal sealed class CheckRangeHelper(FuncId id, Side side, TrapCode code) : Helper(id)
{
    public override SymbolicFunc Write(Scope s)
    {
        var b = s.Code;
        var ptr = side.Ptr;
        CoreValType[] parameters = [ptr.Type, ptr.Type, ptr.Type];
        b.Start(parameters, "ptr", "mask", "bytes");
        LocalId address = new(0), mask = new(1), bytes = new(2);
        b.Get(address);
        b.Get(mask);
        ptr.And(b);
        ptr.ToBool(b);
        Guards.TrapIf(s, TrapCode.UnalignedPointer);
        if (ptr.Is64)
        {
            MemoryBytes(b);
            var size = b.TeeNew(CoreValType.I64, "size");
            b.Get(bytes);
            b.Op(PlainOp.I64LtU);
            b.Get(address);
            b.Get(size);
            b.Get(bytes);
            b.Op(PlainOp.I64Sub);
            b.Op(PlainOp.I64GtU);
            b.Op(PlainOp.I32Or);
        }
        else
        {
            b.Get(address);
            ptr.ToI64(b);
            b.Get(bytes);
            ptr.ToI64(b);
            b.Op(PlainOp.I64Add);
            MemoryBytes(b);
            b.Op(PlainOp.I64GtU);
        }
        Guards.TrapIf(s, code);
        return b.Finish(Id, FuncRole.Helper, "check-range", new(EquatableArray.Create<CoreValType>(parameters), []));
    }

    private void MemoryBytes(FuncBuilder b)
    {
        b.Emit(new Instr.MemorySize(side.Memory!));
        side.Ptr.ToI64(b);
        int log2 = side.Memory!.Type.PageSizeLog2;
        if (log2 == 0)
            return;
        b.Emit(Instr.Const((long)log2));
        b.Op(PlainOp.I64Shl);
    }
}

/// <summary>
/// <code>
/// (func $reallocate (param $old ptr) (param $old_bytes ptr) (param $align ptr) (param $new_bytes ptr) (result ptr)
///   (ptr = (call $realloc old old_bytes align new_bytes))
///   (call $check-range ptr (align - 1) new_bytes)
///   ptr)
/// </code>
/// </summary>
internal sealed class ReallocateHelper(FuncId id, Side side) : Helper(id)
{
    public override SymbolicFunc Write(Scope s)
    {
        var b = s.Code;
        var ptr = side.Ptr;
        CoreValType[] parameters = [ptr.Type, ptr.Type, ptr.Type, ptr.Type];
        b.Start(parameters, "old", "old_bytes", "align", "new_bytes");
        LocalId result = new(0), align = new(2), bytes = new(3);
        var call = Imports.Call(side.Realloc!);
        Barrier.Around(s, ptr.Type, result, () =>
        {
            for (int i = 0; i < parameters.Length; i++)
                b.Get(new(i));
            b.Emit(call);
        });
        b.Get(result);
        b.Get(align);
        ptr.Const(b, 1);
        ptr.Sub(b);
        b.Get(bytes);
        s.Helpers.CheckRange(s, side, TrapCode.AllocationOutOfBounds);
        b.Get(result);
        return b.Finish(Id, FuncRole.Helper, "reallocate", new(EquatableArray.Create<CoreValType>(parameters), [ptr.Type]));
    }
}

/// <summary>
/// <code>
/// (func $check-char (param i32) (result i32)
///   (if ((char ^ 0xD800) - 0x800 &gt;= 0x110000 - 0x800) (then unreachable))   ;; unsigned: surrogates wrap around
///   char)
/// </code>
/// </summary>
internal sealed class CheckCharHelper(FuncId id) : Helper(id)
{
    private static readonly CoreFuncType Type = new([CoreValType.I32], [CoreValType.I32]);

    public override SymbolicFunc Write(Scope s)
    {
        var b = s.Code;
        b.Start([CoreValType.I32], "char");
        b.Get(new(0));
        b.I32(0xD800);
        b.Op(PlainOp.I32Xor);
        b.I32(0x800);
        b.Op(PlainOp.I32Sub);
        b.I32(0x110000 - 0x800);
        b.Op(PlainOp.I32GeU);
        Guards.TrapIf(s, TrapCode.InvalidChar);
        b.Get(new(0));
        return b.Finish(Id, FuncRole.Helper, "check-char", Type);
    }
}
