using System.Globalization;

namespace Connectors.Databricks;

/// <summary>
/// A named parameter of a SQL statement, referenced as <c>:name</c>. The warehouse binds it as a value: it never becomes part of the SQL
/// text.
/// </summary>
public sealed class SqlParameter
{
    /// <summary>Initializes a new instance of the <see cref="SqlParameter"/> class.</summary>
    /// <param name="name">The name without the colon: letters, digits and underscores, not starting with a digit.</param>
    /// <param name="value">The value in the text form of its type; <see langword="null"/> for NULL.</param>
    /// <param name="type">The SQL type, such as <c>STRING</c>, <c>BIGINT</c> or <c>DECIMAL(18,2)</c>.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> is not a parameter name, or <paramref name="type"/> is empty.
    /// </exception>
    public SqlParameter(string name, string? value, string type)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        if (char.IsAsciiDigit(name[0]) || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
        {
            throw new ArgumentException(
                $"'{name}' is not the name of a parameter: use letters, digits and underscores, and start with a letter.", nameof(name));
        }

        (Name, Value, Type) = (name, value, type);
    }

    /// <summary>Gets the name without the colon.</summary>
    public string Name { get; }

    /// <summary>Gets the value in the text form of its type; <see langword="null"/> for NULL.</summary>
    public string? Value { get; }

    /// <summary>Gets the SQL type.</summary>
    public string Type { get; }

    /// <summary>Creates a parameter of type <c>STRING</c>.</summary>
    /// <param name="name">The name without the colon.</param>
    /// <param name="value">The value; <see langword="null"/> for NULL.</param>
    /// <returns>The parameter.</returns>
    public static SqlParameter Create(string name, string? value) => new(name, value, "STRING");

    /// <summary>Creates a parameter of type <c>BOOLEAN</c>.</summary>
    /// <inheritdoc cref="Create(string, string?)"/>
    public static SqlParameter Create(string name, bool? value) =>
        new(name, value switch { null => null, true => "true", false => "false" }, "BOOLEAN");

    /// <summary>Creates a parameter of type <c>BIGINT</c>.</summary>
    /// <inheritdoc cref="Create(string, string?)"/>
    public static SqlParameter Create(string name, long? value) => new(name, value?.ToString(CultureInfo.InvariantCulture), "BIGINT");

    /// <summary>Creates a parameter of type <c>DOUBLE</c>.</summary>
    /// <inheritdoc cref="Create(string, string?)"/>
    public static SqlParameter Create(string name, double? value) =>
        new(name, value?.ToString("R", CultureInfo.InvariantCulture), "DOUBLE");

    /// <summary>Creates a parameter of type <c>DECIMAL</c>, with the digits of the value.</summary>
    /// <inheritdoc cref="Create(string, string?)"/>
    public static SqlParameter Create(string name, decimal? value) =>
        new(name, value?.ToString(CultureInfo.InvariantCulture), DecimalType(value));

    /// <summary>Creates a parameter of type <c>DATE</c>.</summary>
    /// <inheritdoc cref="Create(string, string?)"/>
    public static SqlParameter Create(string name, DateOnly? value) =>
        new(name, value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "DATE");

    /// <summary>Creates a parameter of type <c>TIMESTAMP</c>, in UTC.</summary>
    /// <inheritdoc cref="Create(string, string?)"/>
    public static SqlParameter Create(string name, DateTimeOffset? value) =>
        new(name, value?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture), "TIMESTAMP");

    /// <summary>Gets the reference of the parameter, without its value.</summary>
    /// <returns>Such as <c>:since</c>.</returns>
    public override string ToString() => $":{Name}";

    // A bare DECIMAL has no digits after the point.
    private static string DecimalType(decimal? value)
    {
        if (value is not { } number)
        {
            return "DECIMAL(38,18)";
        }

        int scale = number.Scale;
        var digits = decimal.Truncate(Math.Abs(number)).ToString(CultureInfo.InvariantCulture).Length;
        return string.Create(CultureInfo.InvariantCulture, $"DECIMAL({digits + scale},{scale})");
    }
}
