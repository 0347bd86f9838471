using System.Collections.Generic;
using Fact.Conformance.Differential.Generate;
using Fact.Ir;

namespace Fact.Conformance.Streams;

/// <summary>Makes settings.</summary>
internal static class SettingGenerator
{
    private static readonly ValType?[] Elements =
    [
        null,
        ValType.Of(PrimitiveType.U8),
        ValType.Of(PrimitiveType.U32),
        ValType.Of(PrimitiveType.F64),
        ValType.Of(PrimitiveType.String),
        new ValType.List(ValType.Of(PrimitiveType.U8)),
        new ValType.Tuple([ValType.Of(PrimitiveType.U8), ValType.Of(PrimitiveType.String)]),
        new ValType.Result(ValType.Of(PrimitiveType.Bool), ValType.Of(PrimitiveType.String)),
        new ValType.Own(new(0)),
    ];

    /// <summary>A setting.</summary>
    public static StreamSetting Make(Choice choice)
    {
        var channels = new List<Channel>();
        int count = choice.Between(2, 4);
        while (channels.Count < count)
        {
            int nested = choice.Between(0, channels.Count);
            var element = nested > 0 && choice.OneIn(4) ? channels[nested - 1].Type(nested - 1) : choice.Of(Elements);
            var channel = new Channel(!choice.OneIn(3), element);
            if (!channels.Contains(channel))
                channels.Add(channel);
        }
        int instances = choice.Between(2, 3);
        var funcs = new List<StreamFunc>();
        var back = choice.Of(CallsBack.None, CallsBack.None, CallsBack.Others, CallsBack.Others, CallsBack.Itself);
        int[] registers = [FirstParameter, FirstParameter, FirstParameter];
        for (int i = choice.Between(1, 5); i > 0; i--)
        {
            int owner = back != CallsBack.None && choice.OneIn(3) ? 0 : choice.Between(1, instances - 1);
            List<Passed> parameters = [];
            for (int p = choice.Between(0, 2); p > 0; p--)
            {
                var passed = Something(choice, count);
                // Where an instance calls itself, several handles that move at once get other numbers.
                if (owner != 0 || back != CallsBack.Itself || passed is Passed.Text || parameters.TrueForAll(p => p is Passed.Text))
                    parameters.Add(passed);
            }
            var result = choice.Between(0, 5) switch
            {
                < 3 => (Passed?)null,
                < 5 => new Passed.End(choice.Between(0, count - 1)),
                _ => new Passed.Own(),
            };
            var lifting = choice.Of(Lifting.Callback, Lifting.Callback, Lifting.Callback, Lifting.Callback, Lifting.Sync, Lifting.Sync, Lifting.Stackful, Lifting.Plain);
            var func = new StreamFunc(owner, [.. parameters], result, lifting, registers[owner]);
            if (func.CancelledAt >= Machine.Zero)
                continue;
            funcs.Add(func);
            registers[owner] = func.CancelledAt + 1;
        }
        return new([.. channels], [.. funcs], instances, choice.OneIn(4), choice.Of(Lifting.Sync, Lifting.Sync, Lifting.Callback, Lifting.Stackful), back);
    }

    private const int FirstParameter = 40;

    private static Passed Something(Choice choice, int channels) => choice.Between(0, 6) switch
    {
        < 4 => new Passed.End(choice.Between(0, channels - 1)),
        4 => new Passed.Own(),
        5 => new Passed.Borrow(),
        _ => new Passed.Text(),
    };
}
