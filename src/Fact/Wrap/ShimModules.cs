using System;
using System.Collections.Generic;
using System.Globalization;
using Fact.Emit;
using Fact.Ir;

namespace Fact.Wrap;

/// <summary>
/// The two modules that break a circle: functions that are needed before what they need is there. The first has, in place of each, a function that calls what is in a
/// table; the second puts the functions themselves into the table, and then calls what is to be called first.
/// </summary>
internal static class ShimModules
{
    /// <summary>The name of the table.</summary>
    public const string Table = "$imports";

    /// <summary>The name that the second module imports the function by that it calls in the end.</summary>
    public const string Start = "$start";

    private const byte FuncRef = 0x70, FuncSort = 0, TableSort = 1, HasMax = 1, I32Const = 0x41, LocalGet = 0x20, CallIndirect = 0x11, End = 0x0b;

    /// <summary>The name of a function.</summary>
    public static string Name(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The module with functions that call what is in the table.</summary>
    /// <param name="types">Their types.</param>
    public static Sink Trampolines(IReadOnlyList<CoreFuncType> types)
    {
        var module = Begin();
        var numbers = Types(module, types, hasStart: false);
        Section(module, 3, types.Count, (to, i) => to.Unsigned(numbers[i]));
        Section(module, 4, 1, (to, _) => TableType(to, types.Count));
        Section(module, 7, types.Count + 1, (to, i) =>
        {
            to.Name(i == types.Count ? Table : Name(i));
            to.Byte(i == types.Count ? TableSort : FuncSort);
            to.Unsigned(i == types.Count ? 0 : (uint)i);
        });
        Section(module, 10, types.Count, (to, i) =>
        {
            int start = to.BeginSized();
            to.Byte(0);
            for (int parameter = 0; parameter < types[i].Params.Length; parameter++)
            {
                to.Byte(LocalGet);
                to.Unsigned((uint)parameter);
            }
            to.Byte(I32Const);
            to.Signed(i);
            to.Byte(CallIndirect);
            to.Unsigned(numbers[i]);
            to.Unsigned(0);
            to.Byte(End);
            to.EndSized(start);
        });
        return module;
    }

    /// <summary>The module that fills the table.</summary>
    /// <param name="types">The types of the functions.</param>
    /// <param name="hasStart">Whether there is a function that it calls in the end.</param>
    public static Sink FixUp(IReadOnlyList<CoreFuncType> types, bool hasStart)
    {
        var module = Begin();
        var numbers = Types(module, types, hasStart);
        int start = types.Count, table = types.Count + (hasStart ? 1 : 0);
        bool hasTable = types.Count > 0;
        Section(module, 2, table + (hasTable ? 1 : 0), (to, i) =>
        {
            to.Name("");
            if (i == table)
            {
                to.Name(Table);
                to.Byte(TableSort);
                TableType(to, types.Count);
                return;
            }
            to.Name(i == start ? Start : Name(i));
            to.Byte(FuncSort);
            to.Unsigned(numbers[i]);
        });
        if (hasStart)
        {
            module.Byte(8);
            int size = module.BeginSized();
            module.Unsigned((uint)start);
            module.EndSized(size);
        }
        if (hasTable)
        {
            Section(module, 9, 1, (to, _) =>
            {
                to.Byte(0);
                to.Byte(I32Const);
                to.Signed(0);
                to.Byte(End);
                to.Unsigned((uint)types.Count);
                for (int i = 0; i < types.Count; i++)
                    to.Unsigned((uint)i);
            });
        }
        return module;
    }

    private static Sink Begin()
    {
        var module = new Sink();
        module.Bytes("\0asm\x01\0\0\0"u8);
        return module;
    }

    // Writes the types, each once; the number of each function's, and last that of the start function's.
    private static List<uint> Types(Sink module, IReadOnlyList<CoreFuncType> types, bool hasStart)
    {
        var known = new Dictionary<CoreFuncType, uint>();
        var numbers = new List<uint>();
        var distinct = new List<CoreFuncType>();
        for (int i = 0; i < types.Count + (hasStart ? 1 : 0); i++)
        {
            var type = i < types.Count ? types[i] : new CoreFuncType([], []);
            if (known.TryAdd(type, (uint)distinct.Count))
                distinct.Add(type);
            numbers.Add(known[type]);
        }
        Section(module, 1, distinct.Count, (to, i) => to.FuncType(distinct[i]));
        return numbers;
    }

    private static void TableType(Sink to, int size)
    {
        to.Byte(FuncRef);
        to.Byte(HasMax);
        to.Unsigned((uint)size);
        to.Unsigned((uint)size);
    }

    private static void Section(Sink module, byte id, int count, Action<Sink, int> write)
    {
        module.Byte(id);
        int start = module.BeginSized();
        module.Unsigned((uint)count);
        for (int i = 0; i < count; i++)
            write(module, i);
        module.EndSized(start);
    }
}
