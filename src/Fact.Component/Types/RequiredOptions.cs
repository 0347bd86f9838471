using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Checks that canonical options are enough for the values that pass. Spec: <c>canonopt</c> validation.</summary>
internal static class RequiredOptions
{
    /// <summary>Whether the options suffice for a function that is lifted; false, with an error, otherwise.</summary>
    public static bool Lift(CheckContext context, ComponentFuncType type, CanonicalOptions options) =>
        Check(context, CanonicalNeeds.OfLift(type, options), options);

    /// <summary>Whether the options suffice for a function that is lowered; false, with an error, otherwise.</summary>
    public static bool Lower(CheckContext context, ComponentFuncType type, CanonicalOptions options) =>
        Check(context, CanonicalNeeds.OfLower(type, options), options);

    /// <summary>Whether the options have what is needed; false, with an error, otherwise.</summary>
    /// <param name="context">Where errors go.</param>
    /// <param name="options">The options.</param>
    /// <param name="need">What is needed.</param>
    /// <param name="what">What is passed through memory.</param>
    public static bool Check(CheckContext context, CanonicalOptions options, MemoryNeed need, string what)
    {
        if (need == MemoryNeed.None)
            return true;
        if (options.Memory is null)
            return context.Fail(DiagnosticCode.CanonicalOption, $"the option memory is missing: {what} must be passed through memory");
        return need == MemoryNeed.Memory || options.Realloc is not null
            || context.Fail(DiagnosticCode.CanonicalOption, $"the option realloc is missing: {what} must be put into memory");
    }

    private static bool Check(CheckContext context, CanonicalNeeds needs, CanonicalOptions options) =>
        Check(context, options, needs.Params, "its parameters") && Check(context, options, needs.Result, "its result");
}
