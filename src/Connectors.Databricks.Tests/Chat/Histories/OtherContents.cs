using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Histories;

/// <summary>One content of every type of Microsoft.Extensions.AI.</summary>
internal static class OtherContents
{
    /// <summary>Those that a chat request has a place for, somewhere.</summary>
    public static IReadOnlySet<Type> Supported { get; } = new HashSet<Type>
    {
        typeof(TextContent), typeof(TextReasoningContent), typeof(DataContent), typeof(UriContent), typeof(FunctionCallContent),
        typeof(FunctionResultContent), typeof(ErrorContent), typeof(UsageContent),
    };

    /// <summary>All types that can exist: two base types have no constructor, and cannot be stored.</summary>
    public static IReadOnlyList<Type> Types { get; } =
    [
        .. typeof(AIContent).Assembly.GetExportedTypes()
            .Where(type => type.IsAssignableTo(typeof(AIContent)) && (type.GetConstructors().Length > 0 || type == typeof(AIContent))),
    ];

    /// <summary>One content of each type without a place.</summary>
    public static IReadOnlyList<AIContent> All() => [.. Types.Where(type => !Supported.Contains(type)).Select(Of)];

    public static AIContent Of(Type type)
    {
        var call = new FunctionCallContent("call_1", "look");
        AIContent[] known =
        [
            new(), new TextContent("Text."), new TextReasoningContent("Think."), new DataContent(new byte[] { 1 }, "image/png"),
            new UriContent("https://example.com/a.png", "image/png"), call, new FunctionResultContent("call_1", "blue"),
            new ErrorContent("No."),
            new UsageContent(new UsageDetails { InputTokenCount = 1 }), new HostedFileContent("file-1"),
            new HostedVectorStoreContent("store-1"),
            new ToolCallContent("call_1"), new ToolResultContent("call_1"),
            new ToolApprovalRequestContent("r", call), new ToolApprovalResponseContent("r", true, call),
            new McpServerToolCallContent("call_1", "look", "server"), new McpServerToolResultContent("call_1"),
            new CodeInterpreterToolCallContent("call_1"), new CodeInterpreterToolResultContent("call_1"),
            new ImageGenerationToolCallContent("call_1"), new ImageGenerationToolResultContent("call_1"),
            new WebSearchToolCallContent("call_1"), new WebSearchToolResultContent("call_1"),
        ];
        return known.SingleOrDefault(content => content.GetType() == type)
            ?? throw new InvalidOperationException(
                $"Microsoft.Extensions.AI has a new content, {type.Name}: add it here, and decide where it goes.");
    }
}
