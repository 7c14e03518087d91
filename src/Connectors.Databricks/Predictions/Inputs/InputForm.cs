using System.Text.Json;

namespace Connectors.Databricks.Predictions.Inputs;

/// <summary>
/// One of the documents that classic models take (serving reference §8.4). It keeps no state: a call opens a cursor of its own.
/// </summary>
internal abstract class InputForm
{
    /// <summary>Begins to go through the rows.</summary>
    public abstract InputCursor Open(JsonSerializerOptions serializerOptions);
}

/// <summary>Goes through the rows of an input once, and writes each of them alone: what fits into a request is known row by row.</summary>
internal abstract class InputCursor : IDisposable
{
    /// <summary>The member of the body that the input becomes.</summary>
    public abstract string Member { get; }

    /// <summary>Writes the next row as one value; false when there is none.</summary>
    public abstract bool TryWriteRow(Utf8JsonWriter writer);

    /// <summary>Writes the member's name and what stands before the rows. The first row has been written by then.</summary>
    public abstract void WriteHead(Utf8JsonWriter writer);

    /// <summary>Closes what <see cref="WriteHead"/> opened.</summary>
    public abstract void WriteTail(Utf8JsonWriter writer);

    public virtual void Dispose()
    {
    }
}
