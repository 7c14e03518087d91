using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Connectors.Databricks.Wire;

/// <summary>Converts NaN and infinite numbers to what a contract can read: named literals, or null.</summary>
internal static class NonFiniteNumbers
{
    private static readonly JsonSerializerOptions Named = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        TypeInfoResolver = JsonTypeInfoResolver.Combine(),
    };

    private static readonly JsonTypeInfo<double> NamedDouble = JsonMetadataServices.CreateValueInfo<double>(
        Named, JsonMetadataServices.DoubleConverter);

    private static readonly JsonTypeInfo<float> NamedSingle = JsonMetadataServices.CreateValueInfo<float>(
        Named, JsonMetadataServices.SingleConverter);

    /// <summary>The contract for reading; for plain numbers, one that allows named literals.</summary>
    public static JsonTypeInfo<T> ContractFor<T>(JsonTypeInfo<T> given) =>
        AllowsNamed(given) ? PythonContracts.ForReading(given) : NamedDouble as JsonTypeInfo<T> ?? NamedSingle as JsonTypeInfo<T> ?? given;

    /// <summary>Returns the bytes unchanged when they are JSON, otherwise with each such number replaced.</summary>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlyMemory<byte> value, JsonTypeInfo? contract) =>
        PythonJson.MayOccur(value.Span) &&
            PythonJson.Replaced(value.Span, asText: contract is not null && AllowsNamed(contract)) is { } replaced
            ? replaced
            : value;

    /// <summary>Whether the options of the caller allow such numbers in inputs, too.</summary>
    public static bool AreAllowed(JsonSerializerOptions options) =>
        (options.NumberHandling & JsonNumberHandling.AllowNamedFloatingPointLiterals) != 0;

    /// <summary>Writes a number that JSON does not have as Python reads it; false for any other number.</summary>
    public static bool TryWrite(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number))
        {
            return false;
        }

        writer.WriteRawValue(
            double.IsNaN(number) ? "NaN"u8 : double.IsPositive(number) ? "Infinity"u8 : "-Infinity"u8, skipInputValidation: true);
        return true;
    }

    private static bool AllowsNamed(JsonTypeInfo contract) =>
        ((contract.NumberHandling ?? contract.Options.NumberHandling) & JsonNumberHandling.AllowNamedFloatingPointLiterals) != 0;
}
