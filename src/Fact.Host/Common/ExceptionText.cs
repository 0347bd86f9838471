using System;

namespace Fact.Host;

/// <summary>What exceptions of users' code say.</summary>
internal static class ExceptionText
{
    /// <summary>The message of an exception; exceptions are code of users too.</summary>
    public static string Of(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception)
        {
            return exception.GetType().Name;
        }
    }
}
