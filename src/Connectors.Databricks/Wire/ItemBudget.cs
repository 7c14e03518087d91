namespace Connectors.Databricks.Wire;

/// <summary>
/// Counts the items that a document or event adds to lists, against <see cref="DatabricksResponseLimitOptions.MaxItems"/>, and checks for
/// cancellation while it counts.
/// </summary>
internal sealed class ItemBudget
{
    /// <summary>Infrequent enough to have no measurable cost, and less than a millisecond apart.</summary>
    public const int ItemsBetweenChecks = 1024;

    private readonly int _maxItems;
    private readonly CancellationToken _cancellationToken;
    private int _left;

    public ItemBudget(int maxItems, CancellationToken cancellationToken)
    {
        _maxItems = maxItems;
        _cancellationToken = cancellationToken;
        _left = maxItems;
    }

    /// <summary>The number of items and search steps, which tests assert instead of time.</summary>
    public long Steps { get; private set; }

    /// <summary>An unlimited budget, for a document that <see cref="JsonBounds"/> has checked or that the caller wrote.</summary>
    public static ItemBudget ForBoundedDocument() => new(int.MaxValue, CancellationToken.None);

    /// <summary>Counts one item.</summary>
    /// <exception cref="BoundExceededException">The limit is exceeded.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled, or the deadline has passed.</exception>
    public void Spend()
    {
        Steps++;
        if (--_left % ItemsBetweenChecks == 0)
        {
            _cancellationToken.ThrowIfCancellationRequested();
        }

        if (_left < 0)
        {
            throw new BoundExceededException(nameof(DatabricksResponseLimitOptions.MaxItems), _maxItems);
        }
    }

    /// <summary>Counts several items, or equivalent work.</summary>
    public void Spend(int count)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        Steps += count;
        _left = (int)Math.Max((long)_left - count, -1);
        if (_left < 0)
        {
            throw new BoundExceededException(nameof(DatabricksResponseLimitOptions.MaxItems), _maxItems);
        }
    }

    /// <summary>Counts work that is bounded otherwise.</summary>
    public void Step(int count = 1) => Steps += count;

    /// <summary>Resets the count for the next document or event.</summary>
    public void Reset() => _left = _maxItems;
}
