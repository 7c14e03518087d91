namespace Connectors.Databricks.Predictions.Inputs;

/// <summary>Makes the exceptions for rows that no request can hold; the caller's argument is always named <c>input</c>.</summary>
internal static class InvalidInput
{
    public static ArgumentException Because(string message, string argument = "input") => new(message, argument);
}
