using System.Globalization;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Embeddings.Inbound;

/// <summary>
/// The slots for the vectors of the inputs. A vector is stored at its index, otherwise in the next slot; a missing, duplicate or
/// inconsistent vector throws.
/// </summary>
internal sealed class EmbeddingSlots(
    ServingCall call, ServingReply reply, int count, int? dimensions, bool normalizes, DateTimeOffset receivedAt)
{
    private const string ReportIt = "Contact Databricks support with the request id, or check the code of a custom model.";

    private readonly Embedding<float>[] _places = new Embedding<float>[count];
    private int _arrived;
    private int? _length;

    /// <summary>The length of the vectors; null until it is known.</summary>
    public int? Length => dimensions ?? _length;

    public void Fill(int? index, float[]? vector)
    {
        var place = index ?? _arrived;
        _arrived++;
        if (vector is null)
        {
            throw Unexpected(Text($"item {place} without an embedding"), ReportIt);
        }

        if (place < 0 || place >= count)
        {
            throw Unexpected(Text($"an embedding with index {place} for {count} inputs"), ReportIt);
        }

        if (_places[place] is not null)
        {
            throw Unexpected(Text($"two embeddings with index {place}"), ReportIt);
        }

        RequireLength(vector.Length);
        if (normalizes)
        {
            UnitVector.Normalize(vector);
        }

        _places[place] = new Embedding<float>(vector) { CreatedAt = receivedAt, ModelId = call.EndpointName };
    }

    private void RequireLength(int length)
    {
        _length ??= length;
        if (length != Length)
        {
            throw dimensions is null
                ? Unexpected(Text($"embeddings of {Length} and of {length} numbers"), ReportIt)
                : Unexpected(
                    Text($"embeddings of {length} numbers instead of {dimensions}"),
                    "The model does not support shorter vectors: leave Dimensions unset.");
        }
    }

    /// <summary>Returns the vectors in the order of the inputs.</summary>
    public Embedding<float>[] Filled(OtherMembers others) =>
        _arrived == count ? _places :
        _arrived == 0 && others.ForeignShape is { } shape ? throw OtherMembers.Foreign(call, reply, shape) :
        throw Unexpected(Text($"{_arrived} embeddings for {count} inputs"), ReportIt);

    private DatabricksServingException Unexpected(string what, string advice) => ServingExceptions.Unexpected(call, reply, what, advice);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
