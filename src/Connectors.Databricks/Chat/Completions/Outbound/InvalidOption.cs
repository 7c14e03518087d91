namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>Makes the exceptions for options that no model could mean; the caller's argument is always named <c>options</c>.</summary>
internal static class InvalidOption
{
    public static ArgumentException Because(string message, string argument = "options") => new(message, argument);

    public static ArgumentOutOfRangeException OutOfRange(string message, string argument = "options") => new(argument, message);
}
