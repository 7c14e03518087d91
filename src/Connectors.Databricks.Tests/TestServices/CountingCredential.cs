namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Gives its first token until one is rejected, then the next; counts how often it is asked.</summary>
internal sealed class CountingCredential(params string[] tokens) : DatabricksCredential
{
    private int _current;

    public int Given { get; private set; }

    public List<string> Rejected { get; } = [];

    public override ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken = default)
    {
        Given++;
        return new(new DatabricksAccessToken(tokens[_current]));
    }

    public override ValueTask<DatabricksAccessToken> RefreshTokenAsync(
        DatabricksAccessToken rejected, CancellationToken cancellationToken = default)
    {
        Rejected.Add(rejected.Value);
        _current = Math.Min(_current + 1, tokens.Length - 1);
        return new(new DatabricksAccessToken(tokens[_current]));
    }
}
