using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>The type of a core module. Type indices are numbers in the check's <see cref="CoreTypeTable"/>.</summary>
/// <param name="imports">Its imports by module name and name, in order.</param>
/// <param name="exports">Its exports in order.</param>
internal sealed class CoreModuleType(
    OrderedDictionary<(string Module, string Name), CoreExternType> imports,
    OrderedDictionary<string, CoreExternType> exports)
{
    /// <summary>The imports by module name and name.</summary>
    public OrderedDictionary<(string Module, string Name), CoreExternType> Imports { get; } = imports;

    /// <summary>The exports.</summary>
    public OrderedDictionary<string, CoreExternType> Exports { get; } = exports;

    /// <summary>How many imports and exports there are, with one for the module.</summary>
    public long Size => 1L + Imports.Count + Exports.Count;
}

/// <summary>A type of the core type index space.</summary>
internal closed record CheckedCoreType
{
    private CheckedCoreType()
    {
    }

    /// <summary>A type of a recursion group, which is equal to itself alone. Spec: <c>deftype</c>.</summary>
    /// <param name="Number">Its number in the table of the check.</param>
    /// <param name="Type">What it is; its indices are numbers in the table.</param>
    /// <param name="Super">What it is declared to be a subtype of, if anything.</param>
    /// <param name="First">The number of the first type of its recursion group.</param>
    /// <param name="GroupLength">How many types its recursion group has.</param>
    public sealed record Defined(uint Number, CoreSubType Type, Defined? Super, uint First, int GroupLength) : CheckedCoreType
    {
        /// <summary>How many supertypes there are above it.</summary>
        public int Depth { get; } = Super is null ? 0 : Super.Depth + 1;

        /// <summary>What it says of parameters and results, if it is a function type.</summary>
        public CoreFuncType? Func => Type.Func;

        /// <summary>Whether it is what the text format makes of its shape alone: <c>(func …)</c>.</summary>
        public bool IsPlain => GroupLength == 1 && Super is null && Type is { IsFinal: true, Type: { IsShared: false, Describes: null, Descriptor: null } };

        /// <summary>Whether it is another type, or declared to be a subtype of it. Spec: <c>Deftype_sub</c>.</summary>
        public bool IsSubtypeOf(Defined other)
        {
            var type = this;
            while (type is not null && type.Depth > other.Depth)
                type = type.Super;
            return ReferenceEquals(type, other);
        }

        public bool Equals(Defined? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => (int)Number;
    }

    /// <summary>A module type.</summary>
    public sealed record Module(CoreModuleType Type) : CheckedCoreType;
}
