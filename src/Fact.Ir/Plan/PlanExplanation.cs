namespace Fact.Ir.Plan;

/// <summary>
/// Why the code of an adapter is as it is. Plans are text, of which a large one has only its beginning: then the last line says how many more there are.
/// </summary>
/// <param name="Naive">The plan as the specification has it, in lines.</param>
/// <param name="Effects">What each pass did, in order; those that did nothing are left out.</param>
/// <param name="Plan">The plan that code was written from, in lines.</param>
/// <param name="Checks">The checks that are left in it.</param>
public sealed record PlanExplanation(
    EquatableArray<string> Naive,
    EquatableArray<PassEffect> Effects,
    EquatableArray<string> Plan,
    EquatableArray<RemainingCheck> Checks);

/// <summary>What a pass did to a plan.</summary>
/// <param name="Pass">Its name.</param>
/// <param name="Why">What it does, and why nobody can tell.</param>
/// <param name="Count">How many things it changed; what several places share counts once.</param>
/// <param name="Changes">The first of them, each in a line.</param>
public sealed record PassEffect(string Pass, string Why, int Count, EquatableArray<string> Changes);

/// <summary>A kind of check that an adapter makes, and in how many places of its plan.</summary>
/// <param name="What">What is checked.</param>
/// <param name="Places">How many places of the plan check it; a shared part of the plan counts once.</param>
public sealed record RemainingCheck(string What, int Places);
