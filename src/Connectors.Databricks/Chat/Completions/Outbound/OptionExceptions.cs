namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>Creates the exceptions for invalid options; the parameter name is <c>options</c> by default.</summary>
internal static class OptionExceptions
{
    public static ArgumentException Invalid(string message, string argument = "options") => new(message, argument);

    public static ArgumentOutOfRangeException OutOfRange(string message, string argument = "options") => new(argument, message);
}
