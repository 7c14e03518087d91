using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>
/// The response of a classic model: the value of <c>predictions</c> or <c>outputs</c>, or the whole document. MLflow's model server writes
/// <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> as numbers, which are not JSON: they are read as such into <see cref="double"/> and
/// <see cref="float"/> rows, and where the contract allows named floating-point literals; everywhere else they are <see langword="null"/>.
/// </summary>
public sealed class DatabricksPrediction
{
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _parts;

    /// <summary>Initializes a new instance of the <see cref="DatabricksPrediction"/> class, such as for tests.</summary>
    /// <param name="value">The value, such as a list with an item for each row.</param>
    /// <param name="resultName">The name of the member that contained it.</param>
    public DatabricksPrediction(JsonElement value, string? resultName = "predictions")
        : this([JsonMarshalling.Utf8(value)], resultName, [])
    {
    }

    internal DatabricksPrediction(
        IReadOnlyList<ReadOnlyMemory<byte>> parts, string? resultName, IReadOnlyList<DatabricksServingResponse> rawResponses)
    {
        _parts = parts;
        ResultName = resultName;
        RawResponses = rawResponses;
    }

    /// <summary>Gets the value of each request as it was received, which may have NaN as a number.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Parts => _parts;

    /// <summary>
    /// Gets the name of the member that contained the value: <c>predictions</c>, or <c>outputs</c> for feature serving; <see
    /// langword="null"/> when the response was a bare list or another document.
    /// </summary>
    public string? ResultName { get; }

    /// <summary>Gets the raw responses, one per request, in the order of the rows.</summary>
    public IReadOnlyList<DatabricksServingResponse> RawResponses { get; }

    /// <summary>Reads the value as a list with an item for each row.</summary>
    /// <typeparam name="T">The type of an item.</typeparam>
    /// <param name="typeInfo">The JSON contract of an item, such as <c>MyContext.Default.Score</c>.</param>
    /// <returns>The items, in the order of the rows.</returns>
    /// <exception cref="JsonException">The value is not a list, or an item cannot be deserialized as <typeparamref name="T"/>.</exception>
    public IReadOnlyList<T> ReadRows<T>(JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        var rows = new List<T>();
        var items = ItemBudget.ForBoundedDocument();
        var contract = NonFiniteNumbers.ContractFor(typeInfo);
        foreach (var part in _parts)
        {
            var reader = new Utf8JsonReader(NonFiniteNumbers.ToJson(part, contract).Span);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException(
                    $"The prediction is a JSON {reader.TokenType}, not a list of rows. Use {nameof(Read)}, which reads any value.");
            }

            while (reader.NextItem(items))
            {
                rows.Add(JsonSerializer.Deserialize(ref reader, contract)!);
            }
        }

        return rows;
    }

    /// <summary>Reads the whole value.</summary>
    /// <typeparam name="T">The type of the value: a list, an object, a string.</typeparam>
    /// <param name="typeInfo">Its JSON contract.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JsonException">The value cannot be deserialized as <typeparamref name="T"/>.</exception>
    public T? Read<T>(JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        var contract = NonFiniteNumbers.ContractFor(typeInfo);
        return JsonSerializer.Deserialize(JsonMarshalling.Joined(Json(contract)).Span, contract);
    }

    /// <summary>Parses the whole value; every call parses it again.</summary>
    /// <returns>The value; the lists of several requests are concatenated.</returns>
    public JsonElement ToJsonElement()
    {
        var reader = new Utf8JsonReader(JsonMarshalling.Joined(Json(contract: null)).Span);
        return JsonElement.ParseValue(ref reader);
    }

    private ReadOnlyMemory<byte>[] Json(JsonTypeInfo? contract) => [.. _parts.Select(part => NonFiniteNumbers.ToJson(part, contract))];
}
