using Connectors.Databricks.Authentication.Platform;

namespace Connectors.Databricks.Transport;

/// <summary>
/// The parts of the user agent that environment variables decide, as the Databricks SDKs send them: upstream product, CI/CD provider,
/// Databricks Runtime, coding agent and agent harness (authentication reference §11).
/// </summary>
internal static class UserAgentEnvironment
{
    // The agents.md convention: a tool names itself in this variable.
    private const string AgentVariable = "AGENT";

    // First match wins. Null matches any value.
    private static readonly (string Name, (string Variable, string? Value)[] Signs)[] Pipelines =
    [
        ("github", [("GITHUB_ACTIONS", "true")]),
        ("gitlab", [("GITLAB_CI", "true")]),
        ("jenkins", [("JENKINS_URL", null)]),
        ("azure-devops", [("TF_BUILD", "True")]),
        ("circle", [("CIRCLECI", "true")]),
        ("travis", [("TRAVIS", "true")]),
        ("bitbucket", [("BITBUCKET_BUILD_NUMBER", null)]),
        ("google-cloud-build", [("PROJECT_ID", null), ("BUILD_ID", null), ("PROJECT_NUMBER", null), ("LOCATION", null)]),
        ("aws-code-build", [("CODEBUILD_BUILD_ARN", null)]),
        ("tf-cloud", [("TFC_RUN_ID", null)]),
    ];

    // Set to any value, including the empty string. Null matches any value.
    private static readonly (string Name, (string Variable, string? Value)[] AnyOf)[] Agents =
    [
        ("amp", [("AMP_CURRENT_THREAD_ID", null), (AgentVariable, "amp")]),
        ("antigravity", [("ANTIGRAVITY_AGENT", null)]),
        ("augment", [("AUGMENT_AGENT", null)]),
        ("claude-code", [("CLAUDECODE", null)]),
        ("cline", [("CLINE_ACTIVE", null)]),
        ("codex", [("CODEX_CI", null)]),
        ("copilot-cli", [("COPILOT_CLI", null)]),
        ("copilot-vscode", [("COPILOT_MODEL", null)]),
        ("cursor", [("CURSOR_AGENT", null)]),
        ("gemini-cli", [("GEMINI_CLI", null)]),
        ("goose", [("GOOSE_TERMINAL", null), (AgentVariable, "goose")]),
        ("kiro", [("KIRO", null)]),
        ("openclaw", [("OPENCLAW_SHELL", null)]),
        ("opencode", [("OPENCODE", null)]),
        ("windsurf", [("WINDSURF_AGENT", null)]),
    ];

    /// <summary>Every part that applies, each after a space.</summary>
    public static string Describe(IPlatform platform) =>
        Upstream(platform) + Part("cicd", Pipeline(platform))
        + Part("runtime", platform.Variable("DATABRICKS_RUNTIME_VERSION"))
        + Part("agent", Agent(platform))
        + Part("meta-harness", platform.Variable("OMNIGENT") is null ? null : "omnigent");

    private static string Part(string key, string? value) => string.IsNullOrEmpty(value) ? string.Empty : $" {key}/{Sanitized(value)}";

    // Products that build on this one name themselves in the environment, as they do for the Databricks SDKs.
    private static string Upstream(IPlatform platform) =>
        platform.Variable("DATABRICKS_SDK_UPSTREAM") is { Length: > 0 } name
        && platform.Variable("DATABRICKS_SDK_UPSTREAM_VERSION") is { Length: > 0 } version
            ? Part("upstream", name) + Part("upstream-version", version)
            : string.Empty;

    private static string? Pipeline(IPlatform platform)
    {
        foreach (var (name, signs) in Pipelines)
        {
            if (HasAll(platform, signs))
            {
                return name;
            }
        }

        return null;
    }

    private static bool HasAll(IPlatform platform, (string Variable, string? Value)[] signs)
    {
        foreach (var (variable, expected) in signs)
        {
            if (platform.Variable(variable) is not { Length: > 0 } value || (expected ?? value) != value)
            {
                return false;
            }
        }

        return true;
    }

    // Agents may be nested; then none is named, because it is unknown which one made the call.
    private static string? Agent(IPlatform platform)
    {
        string? found = null;
        foreach (var (name, signs) in Agents)
        {
            if (HasAny(platform, signs))
            {
                if (found is not null)
                {
                    return null;
                }

                found = name;
            }
        }

        return found ?? (platform.Variable(AgentVariable) is not { Length: > 0 } named ? null
            : Array.Exists(Agents, agent => agent.Name == named) ? named : "unknown");
    }

    private static bool HasAny(IPlatform platform, (string Variable, string? Value)[] signs)
    {
        foreach (var (variable, expected) in signs)
        {
            if (platform.Variable(variable) is { } value && (expected ?? value) == value)
            {
                return true;
            }
        }

        return false;
    }

    private static string Sanitized(string text) => string.Concat(text.Select(c => UserAgent.IsTokenCharacter(c) ? c : '-'));
}
