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
        int[] registers = [40, 40, 40];
        for (int i = choice.Between(1, 4); i > 0; i--)
        {
            int owner = choice.Between(1, instances - 1);
            List<int> parameters = [];
            for (int p = choice.Between(0, 2); p > 0; p--)
                parameters.Add(choice.Between(0, count - 1));
            int? result = choice.OneIn(2) ? choice.Between(0, count - 1) : null;
            funcs.Add(new(owner, [.. parameters], result, choice.OneIn(4) ? Lifting.Sync : Lifting.Callback, registers[owner]));
            registers[owner] += parameters.Count;
        }
        return new([.. channels], [.. funcs], instances, choice.OneIn(4));
    }
}
