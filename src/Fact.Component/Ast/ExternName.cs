namespace Fact.Component.Ast;

/// <summary>The name of an import or export with its attributes: <c>nameattributes</c>.</summary>
/// <param name="Name">The <c>externname</c>: a plain name (<c>f</c>, <c>[method]r.f</c>), an interface name
/// (<c>a:b/c@1.0.0</c>), a dependency (<c>unlocked-dep=&lt;…&gt;</c>, <c>locked-dep=&lt;…&gt;</c>), a
/// <c>url=&lt;…&gt;</c> or an <c>integrity=&lt;…&gt;</c> hash.</param>
/// <param name="Implements">The interface that the instance so named implements, if said.</param>
/// <param name="VersionSuffix">What completes a canonical interface version to the full one, if said.</param>
/// <param name="ExternalId">An identifier with a meaning outside the component model, if said.</param>
internal sealed record ExternName(
    string Name,
    string? Implements = null,
    string? VersionSuffix = null,
    string? ExternalId = null)
{
    /// <summary>The name alone, for messages.</summary>
    public override string ToString() => Name;
}
