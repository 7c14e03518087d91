using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Finds every HTTP handler that would send requests to loopback through the proxy of the environment.</summary>
internal static partial class ProxyRules
{
    public static IEnumerable<string> EveryHandlerSetsItsProxy(IEnumerable<SourceFile> sources) =>
        from file in sources
        let code = string.Join('\n', file.CodeLines)
        where MakesHandler().IsMatch(code) && !SetsProxy().IsMatch(code)
        select $"{file.Path}:{code[..MakesHandler().Match(code).Index].Count(c => c == '\n') + 1}: " +
            "a handler without Proxy or UseProxy sends loopback requests through http_proxy.";

    [GeneratedRegex(@"\bnew\s+(?:SocketsHttpHandler|HttpClientHandler|HttpClient\(\s*\))|\bSocketsHttpHandler\s+\w+\([^)]*\)\s*=>\s*new\(")]
    private static partial Regex MakesHandler();

    [GeneratedRegex(@"\b(?:UseProxy|Proxy)\s*=")]
    private static partial Regex SetsProxy();
}
