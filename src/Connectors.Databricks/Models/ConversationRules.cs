namespace Connectors.Databricks.Models;

/// <summary>What the hosts of a model family require of a conversation. The conversation is adapted to it before it is sent.</summary>
internal sealed record ConversationRules
{
    private static readonly ConversationRules None = new();

    // Ids: [issue dify#28987], [issue autogen#6377] and [issue agno-agi/agno#5116]. Results: [issue BerriAI/litellm#31633].
    private static readonly ConversationRules OpenAI = new()
    {
        AlternatesRoles = true, PairsResults = true, HasUniqueCallIds = true, MaxCallIdLength = 40,
    };

    // Ids: [issue opencode#1279]. The first turn: [issue anthropic-sdk-typescript#622]. Blank text: [issue opencode#31259].
    private static readonly ConversationRules Claude = new()
    {
        AlternatesRoles = true,
        StartsWithUser = true,
        PairsResults = true,
        HasUniqueCallIds = true,
        HasPlainCallIds = true,
        RejectsBlankText = true,
        RequiresSignedReasoning = true,
    };

    // Calls come right after a turn of the user or a result: [issue gemini-cli#26486]. Ids: [issue oguzbilgic/kern-ai#412].
    private static readonly ConversationRules Gemini = new()
    {
        AlternatesRoles = true, StartsWithUser = true, PairsResults = true, HasUniqueCallIds = true,
    };

    // The alternation rule of the Llama templates: [issue instructor#691].
    private static readonly ConversationRules Native = new() { AlternatesRoles = true, PairsResults = true };

    /// <summary>Whether consecutive user messages are joined.</summary>
    public bool AlternatesRoles { get; private init; }

    /// <summary>Whether the first message after the system message is one of the user.</summary>
    public bool StartsWithUser { get; private init; }

    /// <summary>Whether each call has exactly one result, right after the turn that made it, and each result a call.</summary>
    public bool PairsResults { get; private init; }

    /// <summary>Whether no two calls of a request have the same id.</summary>
    public bool HasUniqueCallIds { get; private init; }

    /// <summary>Whether call ids consist of letters, digits, <c>_</c> and <c>-</c>.</summary>
    public bool HasPlainCallIds { get; private init; }

    /// <summary>The maximum length of a call id.</summary>
    public int MaxCallIdLength { get; private init; } = int.MaxValue;

    /// <summary>Whether a text part cannot consist of white space.</summary>
    public bool RejectsBlankText { get; private init; }

    /// <summary>Whether reasoning is rejected without its signature, as it is left when a response was truncated.</summary>
    public bool RequiresSignedReasoning { get; private init; }

    public static ConversationRules Of(DatabricksModelInfo model)
    {
        var family = model.Family;
        return family == DatabricksModelFamily.OpenAI ? OpenAI
            : family == DatabricksModelFamily.Claude ? Claude
            : family == DatabricksModelFamily.Gemini ? Gemini
            : family == DatabricksModelFamily.Native ? Native
            : None;
    }
}
