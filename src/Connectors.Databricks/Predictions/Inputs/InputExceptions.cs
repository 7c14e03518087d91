namespace Connectors.Databricks.Predictions.Inputs;

/// <summary>Creates the exceptions for rows that cannot be written; the parameter name is <c>input</c> by default.</summary>
internal static class InputExceptions
{
    public static ArgumentException Invalid(string message, string argument = "input") => new(message, argument);
}
