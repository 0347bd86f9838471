using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Model;

/// <summary>Takes core values one after another. Spec: <c>CoreValueIter</c>.</summary>
public abstract class CoreValueIter
{
    /// <summary>The bits of the next value, which has the type that is wanted.</summary>
    public abstract ulong Next(CoreValType want);

    /// <summary>Values as they are.</summary>
    public sealed class Values(IReadOnlyList<CoreValue> values) : CoreValueIter
    {
        private int i;

        /// <inheritdoc/>
        public override ulong Next(CoreValType want)
        {
            var value = values[i++];
            return value.Type == want ? value.Bits : throw new InvalidOperationException($"{value} where {want} was wanted");
        }
    }

    /// <summary>The slots of a variant, converted to what the payload wants. Spec: <c>CoerceValueIter</c>.</summary>
    public sealed class Coerced(CoreValueIter slots, Queue<CoreValType> have) : CoreValueIter
    {
        /// <inheritdoc/>
        public override ulong Next(CoreValType want)
        {
            ulong bits = slots.Next(have.Dequeue());
            return want is CoreValType.I32 or CoreValType.F32 ? (uint)bits : bits;
        }
    }
}
