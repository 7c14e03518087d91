namespace Connectors.Databricks.Wire;

/// <summary>What the structures for extensible strings share: they are not empty, and compare without regard to case.</summary>
internal static class OpenText
{
    /// <exception cref="ArgumentException">The value is null or white space.</exception>
    public static string Require(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return value;
    }

    public static bool Equal(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    public static int Hash(string value) => StringComparer.OrdinalIgnoreCase.GetHashCode(value);
}
