using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Lower;
using Fact.Model;
using Fact.Model.Guests;
using Fact.Properties.Generators;
using Wasmtime;
using Import = Fact.Ir.Import;

namespace Fact.Conformance.Behaviour.Rig;

/// <summary>Short forms for tests.</summary>
internal static class Make
{
    public static readonly ValType
        Bool = ValType.Of(PrimitiveType.Bool),
        U8 = ValType.Of(PrimitiveType.U8),
        U16 = ValType.Of(PrimitiveType.U16),
        U32 = ValType.Of(PrimitiveType.U32),
        U64 = ValType.Of(PrimitiveType.U64),
        F32 = ValType.Of(PrimitiveType.F32),
        F64 = ValType.Of(PrimitiveType.F64),
        Char = ValType.Of(PrimitiveType.Char),
        Text = ValType.Of(PrimitiveType.String);

    /// <summary>Traps explain themselves; no assertions.</summary>
    public static readonly CompileOptions Explained = new(TrapInfo: true, Names: true);

    /// <summary>The same, with the older rule of reentrance.</summary>
    public static readonly CompileOptions OlderRule = Explained with { Reentrance = Reentrance.Trap };

    /// <summary>A function with parameters p0, p1, … and no result.</summary>
    public static ComponentFuncType Takes(params IEnumerable<ValType> types) => new([.. types.Select((t, i) => new Param("p" + i, t))], null);

    /// <summary>A function without parameters.</summary>
    public static ComponentFuncType Gives(ValType result) => new([], result);

    public static AdapterRig Rig(
        ComponentFuncType type,
        SidePlan? lower = null,
        SidePlan? lift = null,
        CompileOptions? options = null,
        Kinship kinship = Kinship.Siblings,
        Func<Store, Import, Function?>? replace = null) =>
        new((AdapterPlan.Of(type, lower, lift) with { Kinship = kinship }).Build(), options ?? Explained, replace);

    public static SpecValue Bits(ulong value) => new SpecValue.Bits(value);

    public static SpecValue List(params IEnumerable<SpecValue> elements) => new SpecValue.List([.. elements]);

    public static SpecValue Record(params IEnumerable<(string, SpecValue)> fields) => new SpecValue.Record([.. fields]);

    public static SpecValue Tuple(params IEnumerable<SpecValue> parts) =>
        Record(parts.Select((part, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), part)));

    public static SpecValue Case(string label, SpecValue? value = null) => new SpecValue.Case(label, value);

    /// <summary>A string in the encoding of a guest.</summary>
    public static SpecValue String(Guest guest, string text, bool tagged = false) => ValueGen.Text(text, guest.Side.Options.StringEncoding, tagged);

    /// <summary>The caller passes values to the callee; what the callee sees.</summary>
    public static SpecValue[] Pass(this AdapterRig rig, params IEnumerable<SpecValue> values)
    {
        bool isAsync = rig.Lower.Side.Options.Async;
        rig.Call(rig.Lower.Setup.LowerFlatValues(isAsync ? SpecAbi.MaxFlatAsyncParams : SpecAbi.MaxFlatParams, [.. values], rig.Lower.Params));
        return rig.Lift.Setup.LiftFlatValues(SpecAbi.MaxFlatParams, new CoreValueIter.Values(rig.Received!), rig.Lift.Params);
    }

    /// <summary>The callee returns a value to the caller; what the caller sees.</summary>
    public static SpecValue Return(this AdapterRig rig, SpecValue value)
    {
        bool lowerAsync = rig.Lower.Side.Options.Async, liftAsync = rig.Lift.Side.Options.Async;
        CoreValue[] flat = [.. rig.Lift.Setup.LowerFlatValues(liftAsync ? SpecAbi.MaxFlatParams : SpecAbi.MaxFlatResults, [value], rig.Lift.Results)];
        rig.Host.TaskReturn = () => flat;
        if (!liftAsync)
            rig.Callee = _ => flat;
        var type = rig.Lower.Results[0];
        int max = lowerAsync ? 0 : SpecAbi.MaxFlatResults;
        if (rig.Lower.Setup.Abi.FlattenTypes([type], max) is not null)
            return rig.Lower.Setup.LiftFlatValues(max, new CoreValueIter.Values(rig.Call()), [type])[0];
        ulong pointer = rig.Lower.Room(rig.Lower.Setup.Abi.Alignment(type), rig.Lower.Setup.Abi.ElemSize(type));
        rig.Call(new CoreValue(rig.Lower.Setup.Abi.Ptr, pointer));
        return rig.Lower.Setup.Load(pointer, type);
    }
}
