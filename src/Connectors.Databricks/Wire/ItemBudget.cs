namespace Connectors.Databricks.Wire;

/// <summary>
/// Counts the items that a document or event adds to lists, against <see cref="DatabricksResponseLimitOptions.MaxItems"/>, and checks for
/// cancellation while it counts.
/// </summary>
internal sealed class ItemBudget
{
    /// <summary>Seldom enough to cost nothing, and less than a millisecond apart.</summary>
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

    /// <summary>The items, and the steps of every search among them: what tests count in place of time.</summary>
    public long Steps { get; private set; }

    /// <summary>For a document that has been checked by <see cref="JsonBounds"/>, or that the caller wrote.</summary>
    public static ItemBudget ForBoundedDocument() => new(int.MaxValue, CancellationToken.None);

    /// <summary>Counts one item.</summary>
    /// <exception cref="BoundExceededException">There are more than the limit.</exception>
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

    /// <summary>Counts several items, or work that is worth as many.</summary>
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

    /// <summary>Notes work that is bounded otherwise.</summary>
    public void Step(int count = 1) => Steps += count;

    /// <summary>Starts the count of the next document or event.</summary>
    public void Reset() => _left = _maxItems;
}
