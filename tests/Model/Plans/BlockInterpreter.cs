using System.Collections.Generic;
using System.Linq;
using Fact.Ir.Plan;

namespace Fact.Model.Plans;

/// <summary>What the rules of a block say of one element: which bytes of the target become what.</summary>
internal static class BlockInterpreter
{
    /// <summary>Copies an element from memory to memory by its rules, or finds that it is not valid and does nothing.</summary>
    public static bool TryRun(BlockRules rules, CopySource source, CopyTarget target)
    {
        if (!source.InMemory || !target.InMemory)
            throw new IllFormedPlan("a block of slots");
        byte[] element = source.Side.Memory!.Read(source.Address, rules.Size).ToArray();
        var written = new SortedDictionary<uint, byte>();
        (uint first, uint end) = Absent(rules, element);
        foreach (var field in rules.Fields)
        {
            uint[] bytes = [.. Enumerable.Range((int)field.Offset, (int)field.Size).Select(at => (uint)at).Where(at => at < first || at >= end)];
            if (bytes.Length < field.Size && field.Rule != FieldRule.Keep)
            {
                if (bytes.Length > 0)
                    throw new IllFormedPlan("a case has half a field");
                continue;
            }
            if (field.Rule == FieldRule.Keep)
            {
                foreach (uint at in bytes)
                    Write(at, element[at]);
                continue;
            }
            uint value = 0;
            foreach (uint at in bytes.Reverse())
                value = (value << 8) | element[at];
            if (!IsValid(field, value))
                return false;
            value = field.Rule switch
            {
                FieldRule.ToBool => value == 0 ? 0u : 1u,
                FieldRule.Mask => value & field.Operand,
                _ => value,
            };
            foreach (uint at in bytes)
            {
                Write(at, (byte)value);
                value >>= 8;
            }
        }
        foreach (var (at, value) in written)
            target.Side.Memory!.Write(target.Address + at, [value]);
        return true;

        void Write(uint at, byte value)
        {
            if (!written.TryAdd(at, value))
                throw new IllFormedPlan($"byte {at} belongs to two fields");
        }
    }

    private static bool IsValid(BlockField field, uint value) => field.Rule switch
    {
        FieldRule.Below => value < field.Operand,
        FieldRule.Char => value is < 0xD800 or (> 0xDFFF and < 0x110000),
        _ => true,
    };

    /// <summary>The bytes of the payload that the case of the element does not have.</summary>
    private static (uint First, uint End) Absent(BlockRules rules, byte[] element)
    {
        if (rules.Payload is not { } payload)
            return (0, 0);
        // An invalid case is found by the field that the discriminant is.
        uint size = element[payload.Discriminant] < payload.Sizes.Length ? payload.Sizes[element[payload.Discriminant]] : 0;
        return (payload.Offset + size, payload.Offset + payload.Sizes.Items.Max());
    }
}
