using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Predictions.Inputs;

/// <summary>Resolves and uses the JSON contract of a caller's type.</summary>
internal static class RecordContract
{
    /// <exception cref="NotSupportedException">No contract is passed or registered.</exception>
    public static JsonTypeInfo<T> Of<T>(JsonTypeInfo<T>? given, JsonSerializerOptions options) =>
        given ?? (TryGet<T>(options, out var known) ? known : throw new NotSupportedException(
            $"No JSON contract is known for {typeof(T)}. Pass its JsonTypeInfo, or add a source-generated context for the type to " +
            $"{nameof(DatabricksServingOptions)}.{nameof(DatabricksServingOptions.SerializerOptions)}."));

    private static bool TryGet<T>(JsonSerializerOptions options, [NotNullWhen(true)] out JsonTypeInfo<T>? contract)
    {
        contract = options.TryGetTypeInfo(typeof(T), out var found) ? found as JsonTypeInfo<T> : null;
        return contract is not null;
    }

    /// <summary>The names of the members that are written, in order, or null for dictionaries.</summary>
    public static List<string>? Columns(JsonTypeInfo contract)
    {
        if (contract.Kind != JsonTypeInfoKind.Object)
        {
            return null;
        }

        var written = contract.Properties.Where(property => property.Get is not null && !property.IsExtensionData);
        List<string> names = [.. written.Select(property => property.Name)];
        return names.Count == 0 ? null : names;
    }

    /// <summary>Whether an omitted member is null. A contract may omit zeros as well.</summary>
    public static bool IsNullWhenLeftOut(JsonTypeInfo contract, string column) =>
        contract.Properties.FirstOrDefault(property => property.Name == column)?.PropertyType is not { IsValueType: true } type ||
        Nullable.GetUnderlyingType(type) is not null;

    /// <exception cref="ArgumentException">The record is null.</exception>
    public static void Write<T>(Utf8JsonWriter writer, T record, JsonTypeInfo<T> contract, int row)
    {
        if (record is null)
        {
            throw InputExceptions.Invalid($"Record {row} is null. Remove it.");
        }

        try
        {
            JsonSerializer.Serialize(writer, record, PythonContracts.ForWriting(contract));
        }
        catch (Exception exception) when (JsonValueToWire.IsRefusal(exception))
        {
            throw JsonValueToWire.Refusal($"Record {row}", exception);
        }
    }
}
