namespace Fact.Emit;

/// <summary>Which custom sections a module gets besides its code.</summary>
/// <param name="Names">The <c>name</c> section: functions, imported ones too, and locals.</param>
/// <param name="TrapSection">The messages of the traps (<see cref="TrapSection"/>), and their paths where they have any.</param>
/// <param name="ModuleName">The name of the module, written where <paramref name="Names"/> is set; null for none.</param>
public sealed record EncodeOptions(bool Names = false, bool TrapSection = false, string? ModuleName = null);
