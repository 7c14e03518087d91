using System.Globalization;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>Validates options and creates the exceptions for invalid ones; the parameter name is <c>options</c> by default.</summary>
internal static class OptionExceptions
{
    public static ArgumentException Invalid(string message, string argument = "options") => new(message, argument);

    public static ArgumentOutOfRangeException OutOfRange(string message, string argument = "options") => new(argument, message);

    /// <summary>Rejects an empty stop sequence.</summary>
    public static void RequireStopSequences(IList<string>? sequences)
    {
        if (sequences?.Any(string.IsNullOrEmpty) is true)
        {
            throw Invalid("ChatOptions.StopSequences contains an empty sequence, which would stop every response immediately.");
        }
    }

    /// <summary>Returns the value of an option that must be a number of a range when it is set; NaN is in none.</summary>
    public static float? RequireNumber(float? value, string option, float lowest = float.MinValue, float highest = float.MaxValue) =>
        value is not { } number || (number >= lowest && number <= highest)
            ? value
            : throw OutOfRange(string.Create(CultureInfo.InvariantCulture, $"ChatOptions.{option} is {number}, which no model accepts."));

    /// <summary>Returns the value of an option that must be 1 or more when it is set.</summary>
    public static int? RequirePositive(int? value, string option) => value is < 1
        ? throw OutOfRange($"ChatOptions.{option} is {value}. Use 1 or more, or leave it unset.")
        : value;
}
