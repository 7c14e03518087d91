namespace Connectors.Databricks;

/// <summary>
/// How much of an answer is taken in before the call fails: bounds on what a broken or hostile server can make this process hold. An answer
/// that exceeds one fails with a <see cref="DatabricksServingException"/> that names it.
/// </summary>
public sealed class DatabricksResponseLimits
{
    /// <summary>256 MiB: some forty times the largest request that the service documents (serving reference §10.5).</summary>
    internal const long DefaultMaxBytes = 256L * 1024 * 1024;

    /// <summary>One MiB: a guardrail's document repeats the prompt before it says that it is one.</summary>
    internal const int DefaultMaxErrorBytes = 1024 * 1024;

    /// <summary>32 MiB: no chat event comes near; an image in one may.</summary>
    internal const int DefaultMaxEventBytes = 32 * 1024 * 1024;

    /// <summary>64: what .NET allows by itself.</summary>
    internal const int DefaultMaxJsonDepth = 64;

    /// <summary>Eight MiB: twice what the service takes back as a request to a foundation model (serving reference §10.5).</summary>
    internal const int DefaultMaxToolArgumentBytes = 8 * 1024 * 1024;

    /// <summary>Creates limits with every default.</summary>
    public DatabricksResponseLimits()
    {
    }

    internal DatabricksResponseLimits(DatabricksResponseLimits other)
    {
        MaxBytes = other.MaxBytes;
        MaxErrorBytes = other.MaxErrorBytes;
        MaxEventBytes = other.MaxEventBytes;
        MaxJsonDepth = other.MaxJsonDepth;
        MaxToolArgumentBytes = other.MaxToolArgumentBytes;
    }

    /// <summary>The most bytes of an answer, unpacked: of a document, or of a whole stream.</summary>
    /// <value>Default: 256 MiB.</value>
    public long MaxBytes { get; set; } = DefaultMaxBytes;

    /// <summary>How many bytes of an error's body are read. What stands behind them is left, and is no failure of its own.</summary>
    /// <value>Default: 1 MiB.</value>
    public int MaxErrorBytes { get; set; } = DefaultMaxErrorBytes;

    /// <summary>The most bytes of one event of a stream.</summary>
    /// <value>Default: 32 MiB.</value>
    public int MaxEventBytes { get; set; } = DefaultMaxEventBytes;

    /// <summary>How deep objects and arrays may be nested.</summary>
    /// <value>Default: 64.</value>
    public int MaxJsonDepth { get; set; } = DefaultMaxJsonDepth;

    /// <summary>The most bytes of the arguments of one tool call.</summary>
    /// <value>Default: 8 MiB.</value>
    public int MaxToolArgumentBytes { get; set; } = DefaultMaxToolArgumentBytes;

    /// <exception cref="ArgumentException">A limit is not positive.</exception>
    internal DatabricksResponseLimits CopyValidated()
    {
        var copy = new DatabricksResponseLimits(this);
        Require(copy.MaxBytes, nameof(MaxBytes));
        Require(copy.MaxErrorBytes, nameof(MaxErrorBytes));
        Require(copy.MaxEventBytes, nameof(MaxEventBytes));
        Require(copy.MaxJsonDepth, nameof(MaxJsonDepth));
        Require(copy.MaxToolArgumentBytes, nameof(MaxToolArgumentBytes));
        return copy;
    }

    private static void Require(long value, string name)
    {
        if (value <= 0)
        {
            throw new ArgumentException($"{nameof(DatabricksServingOptions.ResponseLimits)}.{name} is {value}. A limit is positive.");
        }
    }
}
