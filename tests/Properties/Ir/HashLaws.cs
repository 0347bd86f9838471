using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Ir;

/// <summary>Who makes an input cannot make that what is looked up by its hash has one hash.</summary>
public sealed class HashLaws
{
    // What the compiler writes for records multiplies the hash of what came before with this.
    private const uint OfRecords = unchecked((uint)-1521134295);

    [Fact]
    public void Options_of_many_functions_have_many_hashes() => Differ(i => new CanonicalOptions(
        StringEncoding.Utf8, Realloc: new(i), PostReturn: new(0u - (i * OfRecords * OfRecords * OfRecords))));

    [Fact]
    public void Function_types_with_many_references_have_many_hashes() => Differ(i => new CoreFuncType(
        Enumerable.Range(0, 12).Select(bit => (i >> bit & 1) == 0 ? Ref(0, isNullable: true) : Ref(256, isNullable: false)).ToEquatableArray(), []));

    [Fact]
    public void Function_types_with_many_numbers_have_many_hashes() => Differ(i => new CoreFuncType(
        Enumerable.Range(0, 12).Select(bit => (i >> bit & 1) == 0 ? CoreValType.I32 : CoreValType.I64).ToEquatableArray(), []));

    [Fact]
    public void A_function_type_that_is_made_from_another_one_has_a_hash_of_its_own()
    {
        var type = new CoreFuncType([CoreValType.I32], []);
        int before = type.GetHashCode();
        var other = type with { Results = [CoreValType.I64] };
        Assert.Equal(new CoreFuncType([CoreValType.I32], [CoreValType.I64]).GetHashCode(), other.GetHashCode());
        Assert.NotEqual(type, other);
        Assert.Equal(before, (other with { Results = [] }).GetHashCode());
        Assert.Equal(type, other with { Results = [] });
    }

    [Fact]
    public void Groups_with_many_references_have_many_hashes() => Differ(
        i => new EquatableArray<CoreSubType>([new(true, [], new(false, null, null, new CoreShape.Struct(Enumerable.Range(0, 12).Select(bit =>
            new CoreFieldType(new CoreStorageType.Value((i >> bit & 1) == 0 ? Ref(0, isNullable: true) : Ref(256, isNullable: false)), false)).ToEquatableArray())))]),
        CoreGroupComparer.Instance);

    private static CoreValType Ref(uint index, bool isNullable) => CoreValType.Ref(new CoreHeapType(new CoreTypeIdx(index)), isNullable);

    // Chance may give two the same.
    private static void Differ<T>(Func<uint, T> make, IEqualityComparer<T>? comparer = null) => Assert.InRange(
        Enumerable.Range(0, 4096).Select(i => (comparer ?? EqualityComparer<T>.Default).GetHashCode(make((uint)i)!)).Distinct().Count(), 4000, 4096);
}
