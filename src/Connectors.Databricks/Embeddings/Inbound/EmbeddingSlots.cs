using System.Globalization;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Embeddings.Inbound;

/// <summary>
/// A place for the vector of each input. A vector goes to the place that its index names, else to the next; one that is missing, doubled
/// or of another length than the others is a failure, never a gap.
/// </summary>
internal sealed class EmbeddingSlots(
    ServingCall call, ServingReply reply, int count, int? dimensions, bool normalizes, DateTimeOffset receivedAt)
{
    private const string ReportIt = "Give the request id to Databricks support, or look at the model's own code if it is yours.";

    private readonly Embedding<float>[] _places = new Embedding<float>[count];
    private int _arrived;
    private int? _length;

    /// <summary>The length of every vector; null until it is known.</summary>
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
                    Text($"embeddings of {length} numbers where {dimensions} were asked for"),
                    "This model does not shorten its vectors: leave Dimensions unset.");
        }
    }

    /// <summary>The vectors in the order of the inputs.</summary>
    public Embedding<float>[] Filled(OtherMembers others) =>
        _arrived == count ? _places :
        _arrived == 0 && others.ForeignShape is { } shape ? throw OtherMembers.Foreign(call, reply, shape) :
        throw Unexpected(Text($"{_arrived} embeddings for {count} inputs"), ReportIt);

    private DatabricksServingException Unexpected(string what, string advice) => ServingExceptions.Unexpected(call, reply, what, advice);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
