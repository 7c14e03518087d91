using Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>
/// Counts the results that the calls of a history still need. Apps that add what a terminated turn returned have a result in the history
/// twice, and endpoints refuse a second result for one call.
/// </summary>
/// <remarks>
/// Ids are local to a turn: some models start to number their calls again in each response, or use one id for all calls of a response.
/// </remarks>
internal sealed class UnansweredCalls
{
    private readonly Dictionary<string, int> _countById = new(StringComparer.Ordinal);

    /// <summary>Starts a turn with the calls of an assistant message.</summary>
    public void Begin(IEnumerable<AIContent> contents)
    {
        foreach (var calls in contents.OfType<FunctionCallContent>().GroupBy(call => call.CallId, StringComparer.Ordinal))
        {
            _countById[calls.Key] = calls.Count();
        }
    }

    /// <returns>Whether a result with this id is to be sent; a call that the history no longer holds gets one result.</returns>
    public bool TryAnswer(string callId)
    {
        var count = _countById.GetValueOrDefault(callId, 1);
        _countById[callId] = Math.Max(0, count - 1);
        return count > 0;
    }
}
