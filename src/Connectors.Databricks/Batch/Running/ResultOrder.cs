using System.Diagnostics.CodeAnalysis;

namespace Connectors.Databricks.Batch.Running;

/// <summary>
/// Restores the order of results in a ring of fixed size: the batch never has more results in progress than it has places.
/// </summary>
internal sealed class ResultOrder<TResponse>(int window)
    where TResponse : class
{
    private readonly DatabricksBatchResult<TResponse>?[] _ring = new DatabricksBatchResult<TResponse>?[window];
    private long _next;

    public void Add(PositionedResult<TResponse> result) => _ring[result.Position % window] = result.Result;

    /// <summary>Takes the next result, when it is there.</summary>
    public bool TryTake([NotNullWhen(true)] out DatabricksBatchResult<TResponse>? result)
    {
        ref var place = ref _ring[_next % window];
        result = place;
        if (result is null)
        {
            return false;
        }

        place = null;
        _next++;
        return true;
    }
}
