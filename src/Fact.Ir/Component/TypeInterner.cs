using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Fact.Ir;

/// <summary>
/// Makes equal types one object, so that they can be told apart by reference and what is known of a type is found by it. Time and memory are linear in the
/// number of type objects, not in the written size of the types; the stack grows with their depth. It is not for several threads at once.
/// </summary>
internal sealed class TypeInterner
{
    private SmallMap<TypeReference, ValType> known;
    private SmallMap<Structure, ValType> interned;
    private Dictionary<ComponentFuncType, ComponentFuncType>? funcs;
    private readonly Func<ValType, ValType> of;

    /// <param name="capacity">How many different types are expected.</param>
    public TypeInterner(int capacity = 0)
    {
        known = new(capacity);
        interned = new(capacity);
        of = Of;
    }

    /// <summary>How many types and parts of types were looked at.</summary>
    public long Work { get; private set; }

    /// <summary>The one object that stands for a type.</summary>
    public ValType Of(ValType type)
    {
        if (type is ValType.Primitive primitive)
            return ValType.Of(primitive.Type);
        if (known.TryGetValue(new(type), out var found))
            return found;
        Work += 1 + (type is ValType.Enum labels ? labels.Labels.Length : TypeParts.Count(type));
        var one = Once(TypeParts.Map(type, of));
        known.Add(new(type), one);
        return one;
    }

    /// <summary>The one object that stands for a type whose parts are interned here already: comparing it with others looks at one level of it.</summary>
    public ValType Once(ValType type)
    {
        if (type is ValType.Primitive primitive)
            return ValType.Of(primitive.Type);
        ref var first = ref interned.GetOrAdd(new(type), out _);
        return first ??= type;
    }

    /// <summary>The one object that stands for a function type whose parts are interned here already.</summary>
    public ComponentFuncType Once(ComponentFuncType type)
    {
        funcs ??= [];
        if (!funcs.TryGetValue(type, out var first))
            funcs.Add(first = type, type);
        return first;
    }

    private readonly struct Structure(ValType type) : IEquatable<Structure>
    {
        private readonly ValType type = type;

        public bool Equals(Structure other) => TypeEquality.Same(type, other.type);

        public override bool Equals(object? obj) => obj is Structure other && Equals(other);

        public override int GetHashCode() => type.GetHashCode();
    }
}

/// <summary>A type as an object, whatever it is equal to.</summary>
internal readonly struct TypeReference(ValType type) : IEquatable<TypeReference>
{
    private readonly ValType type = type;

    public bool Equals(TypeReference other) => ReferenceEquals(type, other.type);

    public override bool Equals(object? obj) => obj is TypeReference other && Equals(other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(type);
}
