namespace Fact.Ir;

/// <summary>
/// What kind of thing is wrong with an input. The numbers are stable: they are written <c>FACT2004</c> and explained in <c>docs/diagnostics.md</c>; messages may change.
/// </summary>
public enum DiagnosticCode
{
    /// <summary>The bytes are not what the binary format says.</summary>
    Malformed = 1001,

    /// <summary>The bytes are not a component: something else, or of another version.</summary>
    NotAComponent = 1002,

    /// <summary>A text is not the WAVE form of a value or call.</summary>
    MalformedText = 1003,

    /// <summary>Something is mentioned that is not there: by an index that is out of range, or a name that nothing has.</summary>
    NotDefined = 2001,

    /// <summary>What is mentioned is there, but it is of another kind.</summary>
    WrongKind = 2002,

    /// <summary>A name is not written as it must be, or does not fit what it names.</summary>
    InvalidName = 2003,

    /// <summary>Two things have one name.</summary>
    DuplicateName = 2004,

    /// <summary>A type breaks a rule for types.</summary>
    InvalidType = 2005,

    /// <summary>Two types that must fit do not.</summary>
    TypeMismatch = 2006,

    /// <summary>A type is used where those who need it cannot name it.</summary>
    HiddenType = 2007,

    /// <summary>A canonical option is missing, or not allowed, or contradicts another.</summary>
    CanonicalOption = 2008,

    /// <summary>A core type is not what the component type and the options make necessary.</summary>
    WrongCoreType = 2009,

    /// <summary>There is more of something than this compiler takes.</summary>
    TooLarge = 3001,

    /// <summary>A module would have more of something than engines take.</summary>
    EngineLimit = 3002,

    /// <summary>What is asked for is valid, or may become so, but not supported.</summary>
    Unsupported = 3003,

    /// <summary>The host was not given something that the component imports.</summary>
    MissingImport = 4001,

    /// <summary>What the host was given is not what the component imports.</summary>
    WrongImport = 4002,

    /// <summary>The engine does not take a module, or cannot instantiate it.</summary>
    EngineRefused = 4003,

    /// <summary>A value does not belong to its type.</summary>
    InvalidValue = 4004,

    /// <summary>A handle cannot be used in this way, or not now.</summary>
    InvalidHandle = 4005,

    /// <summary>A component or an instance cannot be used now.</summary>
    NotNow = 4006,
}
