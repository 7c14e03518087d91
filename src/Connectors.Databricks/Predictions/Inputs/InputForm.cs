using System.Text.Json;

namespace Connectors.Databricks.Predictions.Inputs;

/// <summary>
/// An input format of classic models (serving reference §8.4). Stateless: each call opens its own cursor.
/// </summary>
internal abstract class InputForm
{
    /// <summary>Opens a cursor over the rows.</summary>
    public abstract InputCursor Open(JsonSerializerOptions serializerOptions);
}

/// <summary>Enumerates the rows of an input once and writes each separately, so that requests can be filled row by row.</summary>
internal abstract class InputCursor : IDisposable
{
    /// <summary>The body member of the input.</summary>
    public abstract string Member { get; }

    /// <summary>Writes the next row as one value; returns false when there are no more rows.</summary>
    public abstract bool TryWriteRow(Utf8JsonWriter writer);

    /// <summary>Writes the member name and everything before the rows. The first row has been written to the buffer by then.</summary>
    public abstract void WriteHead(Utf8JsonWriter writer);

    /// <summary>Closes what <see cref="WriteHead"/> opened.</summary>
    public abstract void WriteTail(Utf8JsonWriter writer);

    public virtual void Dispose()
    {
    }
}
