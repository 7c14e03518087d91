using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>What a classic model answered: the value of <c>predictions</c> or <c>outputs</c>, or a document of its own.</summary>
public sealed class DatabricksPrediction
{
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _parts;

    /// <summary>Makes a prediction without a service, for tests of code that gets one.</summary>
    /// <param name="value">The value, such as a list with an item for each row.</param>
    /// <param name="resultName">The member that it stood in.</param>
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

    /// <summary>
    /// The member that the value stood in: <c>predictions</c>, or <c>outputs</c> of feature serving; <see langword="null"/> when the answer
    /// was a bare list or another document.
    /// </summary>
    public string? ResultName { get; }

    /// <summary>What arrived on the wire: one for each request that was made, in the order of the rows.</summary>
    public IReadOnlyList<DatabricksServingResponse> RawResponses { get; }

    /// <summary>Reads the value as a list with an item for each row.</summary>
    /// <typeparam name="T">What an item is.</typeparam>
    /// <param name="typeInfo">The contract of an item, such as <c>MyContext.Default.Score</c>.</param>
    /// <returns>The items, in the order of the rows.</returns>
    /// <exception cref="JsonException">The value is no list, or an item does not fit <typeparamref name="T"/>.</exception>
    public IReadOnlyList<T> ReadRows<T>(JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        var rows = new List<T>();
        var items = ItemBudget.ForBoundedDocument();
        foreach (var part in _parts)
        {
            var reader = new Utf8JsonReader(part.Span);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException(
                    $"The prediction is a JSON {reader.TokenType} and no list of rows. Use {nameof(Read)}, which takes any value.");
            }

            while (reader.NextItem(items))
            {
                rows.Add(JsonSerializer.Deserialize(ref reader, typeInfo)!);
            }
        }

        return rows;
    }

    /// <summary>Reads the whole value.</summary>
    /// <typeparam name="T">What the value is: a list, an object, a text.</typeparam>
    /// <param name="typeInfo">Its contract.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JsonException">The value does not fit <typeparamref name="T"/>.</exception>
    public T? Read<T>(JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return JsonSerializer.Deserialize(JsonMarshalling.Joined(_parts).Span, typeInfo);
    }

    /// <summary>Parses the whole value; each call parses anew.</summary>
    /// <returns>The value as it came; lists of several requests are joined to one.</returns>
    public JsonElement ToJsonElement()
    {
        var reader = new Utf8JsonReader(JsonMarshalling.Joined(_parts).Span);
        return JsonElement.ParseValue(ref reader);
    }
}
