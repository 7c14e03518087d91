using System.Security.Cryptography;
using System.Text;

namespace Connectors.Databricks.Agents.Runs;

/// <summary>What tokens are bound to: the agent, and the workspace or the host that it is on. Tokens have hashes of it alone.</summary>
/// <param name="host">The authority of the workspace or of the app.</param>
/// <param name="name">The name of the agent.</param>
internal sealed class AgentIdentity(string host, string name)
{
    private const int HashLength = 16;

    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes($"{host.ToLowerInvariant()}\n{name}"));

    /// <summary>The hash that shows whether a token is one of this agent.</summary>
    public string Hash => Convert.ToHexString(_key.AsSpan(0, HashLength));

    /// <summary>A hash of a text of this agent.</summary>
    public string HashOf(string text) =>
        Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)).AsSpan(0, HashLength));
}
