using System.ComponentModel;
using System.Text.Json;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>Finds the Databricks CLI, reads its version, and runs it (authentication reference §6.4).</summary>
internal sealed class DatabricksCli(IPlatform platform, string path)
{
    /// <summary>From this version on <c>auth token</c> takes <c>--profile</c>; older ones accept it and ignore it.</summary>
    private static readonly Version TakesProfile = new(0, 207, 1);

    /// <summary>From this version on, <c>auth token</c> has an option to bypass its own cache.</summary>
    private static readonly Version TakesForceRefresh = new(0, 296, 0);

    /// <summary>Below this size a file is the older CLI in Python, which has no <c>auth token</c>.</summary>
    private const long SmallestCli = 1024 * 1024;

    private static readonly TimeSpan VersionTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TokenTimeout = TimeSpan.FromSeconds(50);

    // Failures are not cached: the program may work for the next token.
    private Version? _version;

    /// <returns>The path, or the reason why there is none.</returns>
    public static (string? Path, string? Reason) Find(IPlatform platform, string? configured)
    {
        if (configured is not null && ProgramFinder.HasFolder(configured))
        {
            return platform.FileSize(configured) is null
                ? (null, $"databricks_cli_path '{configured}' is not a file")
                : (configured, null);
        }

        // On Windows, users omit the file extension.
        var name = configured ?? "databricks";
        IReadOnlyList<string> names = platform.IsWindows && !Path.HasExtension(name) ? [name, $"{name}.exe"] : [name];
        var found = ProgramFinder.OnPath(platform, names).ToList();
        return (found.FirstOrDefault(path => platform.FileSize(path) >= SmallestCli), found) switch
        {
            ({ } path, _) => (path, null),
            (_, []) => (null, $"{(configured is null ? "databricks CLI" : $"databricks_cli_path '{configured}'")} not found on the PATH"),
            _ => (null, $"legacy databricks CLI detected at '{found[0]}'; upgrade to 0.100.0 or later"),
        };
    }

    public async Task<ProgramResult> GetTokenAsync(ResolvedSettings settings, bool isAccounts, CancellationToken cancellationToken)
    {
        var version = await VersionAsync(cancellationToken).ConfigureAwait(false);
        List<string> arguments = ["auth", "token"];
        // With a host that is not its own, the profile's token would be sent to an untrusted server.
        if (settings is { Profile: { } profile, IsHostOfProfile: true } && version >= TakesProfile)
        {
            arguments.AddRange(["--profile", profile]);
        }
        else
        {
            arguments.AddRange(["--host", settings.Host!.GetLeftPart(UriPartial.Authority)]);
            if (isAccounts && settings[SettingTable.AccountId] is { } account)
            {
                arguments.AddRange(["--account-id", account]);
            }
        }

        if (version >= TakesForceRefresh)
        {
            arguments.Add("--force-refresh");
        }

        return await RunAsync(arguments, TokenTimeout, cancellationToken).ConfigureAwait(false);
    }

    // An unknown version, and 0.0.0 of development builds, is treated as one without the newer options.
    private async Task<Version> VersionAsync(CancellationToken cancellationToken)
    {
        if (_version is { } known)
        {
            return known;
        }

        try
        {
            var result = await RunAsync(["version", "--output", "json"], VersionTimeout, cancellationToken).ConfigureAwait(false);
            using var document = TokenJson.Parse(result.Output);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && TokenFromWire.Number(root, "Major") is >= 0 and < int.MaxValue and var major)
            {
                return _version = new Version((int)major, Part(root, "Minor"), Part(root, "Patch"));
            }
        }
        catch (Exception exception) when (exception is JsonException or DatabricksCredentialException)
        {
            // A failure is reported by the token request.
        }

        return new Version(0, 0, 0);
    }

    private static int Part(JsonElement root, string name) => (int)Math.Clamp(TokenFromWire.Number(root, name) ?? 0, 0, int.MaxValue);

    private async Task<ProgramResult> RunAsync(IReadOnlyList<string> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await platform.RunAsync(new ProgramCall(path, arguments, timeout), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is Win32Exception or TimeoutException or IOException or ArgumentException)
        {
            throw CredentialExceptions.Provider($"The Databricks CLI '{path}' could not be run: {exception.Message}");
        }
    }
}
