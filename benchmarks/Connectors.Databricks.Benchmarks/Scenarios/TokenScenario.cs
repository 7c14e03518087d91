using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Benchmarks.Scenarios;

/// <summary>
/// The cost of a fresh token: that of a service principal, from the token cache, compared to a constant one.
/// </summary>
internal sealed class TokenScenario : Scenario
{
    /// <summary>A single token is too fast to measure.</summary>
    private const int Times = 1_000;

    private readonly DatabricksCredential _constant = DatabricksCredential.FromToken("dapi-benchmark");
    private DatabricksEmulator? _emulator;
    private DatabricksCredential? _cached;

    public TokenScenario() => Contenders =
        [new Contender(Clients.Floor, () => TakeAsync(_constant)), new Contender(Clients.Connector, () => TakeAsync(_cached!))];

    public override int Parts => Times;

    public override IReadOnlyList<Contender> Contenders { get; }

    public override async Task PrepareAsync()
    {
        _emulator = await DatabricksEmulator.StartAsync();
        _cached = new DatabricksServicePrincipalCredential(_emulator.Host, _emulator.ClientId, _emulator.ClientSecret);
    }

    public override async Task CheckAsync()
    {
        var token = await _cached!.GetTokenAsync();
        Require(Clients.Connector, "token the second time", token.Value, (await _cached.GetTokenAsync()).Value);
    }

    private static Task TakeAsync(DatabricksCredential credential)
    {
        for (var i = 0; i < Times; i++)
        {
            var token = credential.GetTokenAsync();
            if (!token.IsCompletedSuccessfully || token.Result.Value.Length == 0)
            {
                throw new InvalidDataException("The token is not cached.");
            }
        }

        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
