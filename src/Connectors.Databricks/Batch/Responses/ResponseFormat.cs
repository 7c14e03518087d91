using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Batch.Responses;

/// <summary>The JSON of one kind of response in a checkpoint.</summary>
internal abstract class ResponseFormat<TResponse>
    where TResponse : class
{
    /// <summary>The name of the kind, which the header of the checkpoint contains.</summary>
    public abstract string Kind { get; }

    public abstract void Write(Utf8JsonWriter writer, TResponse response);

    /// <summary>Reads the value that <see cref="Write"/> wrote; the reader is positioned on its first token.</summary>
    /// <exception cref="JsonException">The value is not a response of this kind.</exception>
    public abstract TResponse Read(ref Utf8JsonReader reader);

    /// <summary>The token counts of a response; null when it has none.</summary>
    public abstract UsageDetails? UsageOf(TResponse response);
}
