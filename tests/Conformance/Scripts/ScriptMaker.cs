namespace Fact.Conformance.Scripts;

/// <summary>Makes another component of each that scripts load, one that should do the same; null, with the reason, where there is none.</summary>
/// <param name="component">The component, which may be none at all.</param>
/// <param name="happening">What comes of loading it instead.</param>
internal delegate byte[]? ScriptMaker(byte[] component, out Happening happening);
