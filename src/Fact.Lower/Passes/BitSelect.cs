using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Copies elements with padding in blocks, of which the target keeps the bits that are padding.</summary>
/// <param name="words">Whether there are no vectors, but words: then fewer elements are worth it.</param>
internal sealed class BitSelect(bool words = false) : BlockPass(
    "bit-select",
    "elements with padding, or payloads of several sizes, are copied in blocks whose bits come from the source or, where they are padding, stay as they are")
{
    private const int WordBytes = 8, FieldsOfWord = 2;

    private static readonly BitSelect Words = new(true);

    protected override Pass ForWords => Words;

    protected override bool Takes(BlockRules rules) => rules.HasPadding && (!words || IsWorthWords(rules));

    /// <summary>Reading and combining two words costs as much as copying two fields; and finding out about one payload, as branching.</summary>
    private static bool IsWorthWords(BlockRules rules) =>
        rules.Payload is { } payload ? rules.Size < WordBytes && payload.Sizes.Length == 2 : (uint)rules.Fields.Length * WordBytes >= rules.Size * FieldsOfWord;
}
